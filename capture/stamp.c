/* SPDX-License-Identifier: BSD-2-Clause */
/* stamp.c - times that the network card gives: the kernel's networking/timestamping and packet_mmap
 *
 * How it works: the card is asked what it can, then told to stamp each packet that comes in, unless it does so already
 * (another program's PTP daemon may have said so, and a setting that is there is left alone), and last the ring told to
 * take the card's times. Times that the kernel would have turned into the host's (SOF_TIMESTAMPING_SYS_HARDWARE) it
 * gives no more: TP_STATUS_TS_SYS_HARDWARE is never set.
 */
#include "capture/stamp.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define NEEDED (SOF_TIMESTAMPING_RX_HARDWARE | SOF_TIMESTAMPING_RAW_HARDWARE)

static struct ifreq request_for(const char *name, void *data)
{
	struct ifreq request = { .ifr_data = data };

	strncpy(request.ifr_name, name, sizeof(request.ifr_name) - 1);
	return request;
}

/* Can the card stamp each packet? */
static int ask(int fd, const char *name, struct error *e)
{
	struct ethtool_ts_info info = { .cmd = ETHTOOL_GET_TS_INFO };
	struct ifreq request = request_for(name, &info);

	if (ioctl(fd, SIOCETHTOOL, &request))
		return error_set(e, STATUS_INTERFACE, "%s: no times of the adapter: it is not told what it can: %s", name,
				 error_words(errno));
	if ((info.so_timestamping & NEEDED) != NEEDED)
		return error_set(e, STATUS_INTERFACE, "%s: no times of the adapter: it stamps no packets (ethtool -T %s)",
				 name, name);
	if (!(info.rx_filters & 1u << HWTSTAMP_FILTER_ALL))
		return error_set(e, STATUS_INTERFACE, "%s: no times of the adapter: it stamps some packets only, such as PTP's "
				 "(ethtool -T %s)", name, name);
	return 0;
}

static int tell(int fd, const char *name, struct error *e)
{
	struct hwtstamp_config config = { 0 };
	struct ifreq request = request_for(name, &config);

	if (ioctl(fd, SIOCGHWTSTAMP, &request) == 0 && config.rx_filter == HWTSTAMP_FILTER_ALL)
		return 0;
	config.rx_filter = HWTSTAMP_FILTER_ALL;
	if (ioctl(fd, SIOCSHWTSTAMP, &request) == 0)
		return 0;
	return error_set(e, STATUS_INTERFACE, "%s: no times of the adapter: %s%s", name, error_words(errno),
			 errno == EPERM ? ": run as root, or: setcap cap_net_raw,cap_net_admin+ep" : "");
}

int stamp_open(int fd, const char *name, enum stamp stamp, struct error *e)
{
	int kind = SOF_TIMESTAMPING_RAW_HARDWARE, ret;

	if (stamp == STAMP_HOST)
		return 0;
	if (stamp == STAMP_ADAPTER)
		return error_set(e, STATUS_INTERFACE, "%s: no times of the adapter that agree with the host's: Linux gives them no "
				 "more; adapter_unsynced has the adapter's own clock", name);
	ret = ask(fd, name, e);
	if (!ret)
		ret = tell(fd, name, e);
	if (!ret && setsockopt(fd, SOL_PACKET, PACKET_TIMESTAMP, &kind, sizeof(kind)))
		ret = error_set(e, STATUS_INTERFACE, "%s: no times of the adapter: %s", name, error_words(errno));
	return ret;
}
