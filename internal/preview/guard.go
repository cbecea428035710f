package preview

import (
	"fmt"
	"net/netip"
	"slices"
	"syscall"

	"github.com/parley-im/parley/internal/parley"
)

// Guard returns a net.Dialer's Control, which is called with the address that is about to be connected to: after the
// name was resolved, for each redirect anew, so that no name can be one thing when looked at and another when used.
func Guard(allow []netip.AddrPort) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("connect to %s: %w", address, parley.ErrForbidden)
		}
		to = netip.AddrPortFrom(to.Addr().Unmap(), to.Port())
		if slices.Contains(allow, to) || (to.Port() == 80 || to.Port() == 443) && public(to.Addr()) {
			return nil
		}
		return fmt.Errorf("connect to %s: not on the public web: %w", to, parley.ErrForbidden)
	}
}

// public tells whether an address is one of the global Internet: IANA's special-purpose registries (RFC 6890) less what
// is globally reachable there. Of IPv6 only 2000::/3 is, without what carries an IPv4 address inside.
func public(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	if a.Is6() && !a.Is4In6() && !global6.Contains(a) {
		return false
	}
	return a.IsGlobalUnicast() && !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
}

var (
	global6 = netip.MustParsePrefix("2000::/3")
	special = func() (prefixes []netip.Prefix) {
		for _, s := range []string{
			"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
			"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
			"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
		} {
			prefixes = append(prefixes, netip.MustParsePrefix(s))
		}
		return prefixes
	}()
)
