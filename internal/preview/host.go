package preview

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"wangjian/internal/cause"
)

// address is where the preview listens, as it was told.
type address struct {
	host string
	port int
}

// parseAddress reads host:port, :port or port. Without a host it is this
// machine alone: opening the preview to others must be asked for by name.
func parseAddress(text string) (address, error) {
	if text == "" {
		text = DefaultAddr
	}
	if !strings.Contains(text, ":") {
		text = ":" + text
	}
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return address{}, fmt.Errorf("预览的地址“%s”不对，请写成 %s 的样子", text, DefaultAddr)
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 0 || n > 65535 {
		return address{}, fmt.Errorf("预览的端口“%s”不对，请写 0 到 65535 的数", port)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return address{host, n}, nil
}

func (a address) listen() string { return net.JoinHostPort(a.host, strconv.Itoa(a.port)) }

func (a address) loopback() bool { return isLoopback(a.host) }

// everywhere reports whether all of the machine's addresses are meant.
func (a address) everywhere() bool {
	ip, err := netip.ParseAddr(a.host)
	return err == nil && ip.IsUnspecified()
}

// url is what to type into the browser; the port is that of the listener, for
// port 0 lets the system choose.
func (a address) url(listening net.Addr) string {
	host, port := a.host, strconv.Itoa(a.port)
	if tcp, ok := listening.(*net.TCPAddr); ok {
		port = strconv.Itoa(tcp.Port)
	}
	if a.everywhere() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// explain says in Chinese why the address cannot be had.
func (a address) explain(err error) error {
	switch cause.Of(err) {
	case cause.AddressInUse:
		next := address{a.host, a.port + 1}
		if a.port == 65535 {
			next.port = 8080
		}
		return fmt.Errorf("端口 %d 已被别的程序占用（也许另一个预览还开着）：请先关掉它，或换一个端口，如 --addr %s", a.port, next.listen())
	case cause.Denied:
		return fmt.Errorf("没有权限使用端口 %d：请换一个 1024 以上的端口，如 --addr %s", a.port, address{a.host, 8080}.listen())
	case cause.NoAddress:
		return fmt.Errorf("这台电脑没有地址 %s：请用 --addr %s", a.host, DefaultAddr)
	}
	return fmt.Errorf("不能在 %s 上预览：%w", a.listen(), err)
}

// answers reports whether a request's Host names this preview. A foreign site can
// let its own name point to this machine (DNS rebinding) and would then read
// what is not public as if it were its own; it cannot take these names.
func (a address) answers(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if host == "" {
		return false
	}
	if isLoopback(host) || host == strings.ToLower(a.host) {
		return true
	}
	_, err := netip.ParseAddr(host)
	return err == nil && a.everywhere()
}

func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
