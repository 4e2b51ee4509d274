/* SPDX-License-Identifier: BSD-2-Clause */
/* lldp_org.c - TLVs of organisations in LLDP: IEEE 802.1Q annex D, IEEE 802.3 clause 79, ANSI/TIA-1057 */
#include "decode/proto/lldp.h"

enum { OUI_8021 = 0x0080c2, OUI_8023 = 0x00120f, OUI_MEDIA = 0x0012bb };

static const struct name ouis[] = {
	{ OUI_8021, "IEEE 802.1" }, { OUI_8023, "IEEE 802.3" }, { OUI_MEDIA, "TIA" }, { 0, NULL },
};

#define OUI { "orgtlv.oui", 16, 24, UINT, .names = ouis }
#define BY_8021(id, title_, ...)						\
	LLDP_RECORD(id, title_, OUI, { "ieee.802_1.subtype", 40, 8, HEX }, __VA_ARGS__)
#define BY_8023(id, title_, ...)						\
	LLDP_RECORD(id, title_, OUI, { "ieee.802_3.subtype", 40, 8, HEX }, __VA_ARGS__)
#define PARTS(id, ...)								\
	static const struct field id##_fields[] = { __VA_ARGS__ };		\
	static const struct record id = RECORD_OF("lldp", id##_fields, NULL)

BY_8021(port_vlan, "Port VLAN", { "ieee.802_1.port_vlan.id", 48, 16, UINT });

#define FLAG "ieee.802_1.port_and_vlan_id_flag"
PARTS(vlan_flags, { FLAG ".reserved", 48, 5, HEX }, { FLAG ".enabled", 53, 1, BOOL },
      { FLAG ".supported", 54, 1, BOOL }, { FLAG ".reserved2", 55, 1, BOOL });
BY_8021(protocol_vlan, "Port and protocol VLAN", { FLAG, 48, 8, HEX, .parts = &vlan_flags },
	{ "ieee.802_1.port_proto_vlan.id", 56, 16, UINT });
BY_8021(vlan_name, "VLAN name", { "ieee.802_1.vlan.id", 48, 16, UINT },
	{ "ieee.802_1.vlan.name_len", 64, 8, UINT }, { "ieee.802_1.vlan.name", 72, 0, TEXT });
BY_8021(protocol_identity, "Protocol identity", { "ieee.802_1.proto.id_length", 48, 8, UINT },
	{ "ieee.802_1.proto.id", 56, 0, BYTES });

#define STATUS1 "ieee.802_1.aggregation_status"
PARTS(aggregation1_status, { STATUS1 ".reserved", 48, 4, HEX }, { STATUS1 ".porttype", 52, 2, UINT },
      { STATUS1 ".enabled", 54, 1, BOOL }, { STATUS1 ".cap", 55, 1, BOOL });
BY_8021(aggregation1, "Link aggregation", { STATUS1, 48, 8, HEX, .parts = &aggregation1_status },
	{ "ieee.802_1.aggregated_port_id", 56, 32, UINT });
BY_8021(other1, "IEEE 802.1", { "ieee.802_1.value", 48, 0, BYTES });

#define NEGOTIATION "ieee.802_3.mac_phy_auto_neg_status"
PARTS(negotiation, { NEGOTIATION ".reserved", 48, 6, HEX }, { NEGOTIATION ".enabled", 54, 1, BOOL },
      { NEGOTIATION ".supported", 55, 1, BOOL });

#define ABLE "ieee.802_3.pmd_auto_neg_advertised_caps"
PARTS(able, { ABLE ".other", 56, 1, BOOL }, { ABLE ".10base_t", 57, 1, BOOL },
      { ABLE ".10base_tfd", 58, 1, BOOL }, { ABLE ".100base_t4", 59, 1, BOOL },
      { ABLE ".100base_tx", 60, 1, BOOL }, { ABLE ".100base_txfd", 61, 1, BOOL },
      { ABLE ".100base_t2", 62, 1, BOOL }, { ABLE ".100base_t2fd", 63, 1, BOOL },
      { ABLE ".fdx_pause", 64, 1, BOOL }, { ABLE ".fdx_apause", 65, 1, BOOL },
      { ABLE ".fdx_spause", 66, 1, BOOL }, { ABLE ".fdx_bpause", 67, 1, BOOL },
      { ABLE ".1000base_x", 68, 1, BOOL }, { ABLE ".1000base_xfd", 69, 1, BOOL },
      { ABLE ".1000base_t", 70, 1, BOOL }, { ABLE ".1000base_tfd", 71, 1, BOOL });
BY_8023(mac_phy, "MAC/PHY configuration", { NEGOTIATION, 48, 8, HEX, .parts = &negotiation },
	{ ABLE, 56, 16, HEX, .parts = &able }, { "ieee.802_3.pmd_mau_type", 72, 16, HEX });

#define POWER "ieee.802_3.mdi_power_support"
PARTS(power_support, { POWER ".reserved", 48, 4, HEX }, { POWER ".pse_pairs", 52, 1, BOOL },
      { POWER ".enabled", 53, 1, BOOL }, { POWER ".supported", 54, 1, BOOL },
      { POWER ".port_class", 55, 1, BOOL });
BY_8023(power, "Power via MDI", { POWER, 48, 8, HEX, .parts = &power_support },
	{ "ieee.802_3.mdi_pse_pair", 56, 8, UINT }, { "ieee.802_3.mdi_power_class", 64, 8, UINT },
	{ "ieee.802_3.mdi_power_type", 72, 2, UINT }, { "ieee.802_3.mdi_power_source", 74, 2, UINT },
	{ "ieee.802_3.mdi_power_priority", 76, 4, UINT },
	{ "ieee.802_3.mdi_requested", 80, 16, UINT },		/* 0.1 W */
	{ "ieee.802_3.mdi_allocated", 96, 16, UINT });

#define STATUS3 "ieee.802_3.aggregation_status"
PARTS(aggregation3_status, { STATUS3 ".reserved", 48, 6, HEX }, { STATUS3 ".enabled", 54, 1, BOOL },
      { STATUS3 ".cap", 55, 1, BOOL });
BY_8023(aggregation3, "Link aggregation", { STATUS3, 48, 8, HEX, .parts = &aggregation3_status },
	{ "ieee.802_3.aggregated_port_id", 56, 32, UINT });
BY_8023(frame_size, "Maximum frame size", { "ieee.802_3.max_frame_size", 48, 16, UINT });
BY_8023(energy, "Energy efficient Ethernet", { "ieee.802_3.eee.transmit", 48, 16, UINT },
	{ "ieee.802_3.eee.receive", 64, 16, UINT },
	{ "ieee.802_3.eee.fallback_receive", 80, 16, UINT },
	{ "ieee.802_3.eee.echo_transmit", 96, 16, UINT },
	{ "ieee.802_3.eee.echo_receive", 112, 16, UINT });	/* all: us */
BY_8023(other3, "IEEE 802.3", { "ieee.802_3.value", 48, 0, BYTES });

#define MEDIA_CAPS "media.subtype.caps"
PARTS(media_caps, { MEDIA_CAPS ".reserved", 48, 10, HEX }, { MEDIA_CAPS ".inventory", 58, 1, BOOL },
      { MEDIA_CAPS ".mid_pd", 59, 1, BOOL }, { MEDIA_CAPS ".mdi_pse", 60, 1, BOOL },
      { MEDIA_CAPS ".location_id", 61, 1, BOOL }, { MEDIA_CAPS ".network_policy", 62, 1, BOOL },
      { MEDIA_CAPS ".llpd", 63, 1, BOOL });
LLDP_RECORD(media, "Media capabilities", OUI, { "media.subtype", 40, 8, HEX },
	    { MEDIA_CAPS, 48, 16, HEX, .parts = &media_caps },
	    { "media.subtype.class", 64, 8, UINT });
LLDP_RECORD(other_media, "Media endpoint discovery", OUI, { "media.subtype", 40, 8, HEX },
	    { "media.value", 48, 0, BYTES });

LLDP_RECORD(unknown, "Organisation specific", OUI, { "unknown_subtype", 40, 8, UINT },
	    { "unknown_subtype.content", 48, 0, BYTES });

static const struct organisation {
	uint32_t oui;
	const struct record *other;	/* of a subtype that is not here */
	const struct record *by_subtype[8];
} organisations[] = {
	{ OUI_8021, &other1, { [1] = &port_vlan, &protocol_vlan, &vlan_name, &protocol_identity,
			       [7] = &aggregation1 } },
	{ OUI_8023, &other3, { [1] = &mac_phy, &power, &aggregation3, &frame_size, &energy } },
	{ OUI_MEDIA, &other_media, { [1] = &media } },
};

const struct record *lldp_org(struct slice value)
{
	uint32_t oui = (uint32_t)slice_bits(value, 0, 24), subtype = slice_u8(value, 3);

	for (uint32_t i = 0; i < COUNT(organisations); i++)
		if (organisations[i].oui == oui)
			return subtype < 8 && organisations[i].by_subtype[subtype] ?
				       organisations[i].by_subtype[subtype] : organisations[i].other;
	return &unknown;
}

RECORD_LIST(lldp_org_record, &port_vlan, &protocol_vlan, &vlan_name, &protocol_identity, &aggregation1,
	    &other1, &mac_phy, &power, &aggregation3, &frame_size, &energy, &other3, &media,
	    &other_media, &unknown)
