package still

import (
	_ "embed"
	"errors"
	"fmt"
	"html"
	"strings"

	"github.com/dop251/goja"
)

//go:embed driver.js
var driver string

// browser is all that the library needs of one. Nothing is animated, so that
// no timer has anything to do.
const browser = `
function setTimeout() { return 0; }
function clearTimeout() {}
`

// measuring makes the library ask us for the width of a text.
const measuring = `
echarts.setPlatformAPI({measureText: function (text, font) {
  return {width: textWidth(text == null ? '' : String(text), font == null ? '' : String(font))};
}});
`

// engine is one JavaScript engine with the library in it; it serves one
// goroutine at a time.
type engine struct {
	vm   *goja.Runtime
	call goja.Callable
}

func newEngine(t *tools) (*engine, error) {
	vm := goja.New()
	if err := vm.Set("textWidth", t.metrics.ruler(vm)); err != nil {
		return nil, fmt.Errorf("启动画图程序：%w", err)
	}
	if _, err := vm.RunString(browser); err != nil {
		return nil, fmt.Errorf("启动画图程序：%w", err)
	}
	if _, err := vm.RunProgram(t.library); err != nil {
		return nil, fmt.Errorf("启动画图程序：%w", err)
	}
	for _, script := range []string{measuring, driver} {
		if _, err := vm.RunString(script); err != nil {
			return nil, fmt.Errorf("启动画图程序：%w", err)
		}
	}
	call, ok := goja.AssertFunction(vm.Get("draw"))
	if !ok {
		return nil, errors.New("启动画图程序：没有 draw")
	}
	return &engine{vm, call}, nil
}

// draw gives the library's SVG of an option.
func (e *engine) draw(option []byte, width, height int) (string, error) {
	v, err := e.call(goja.Undefined(), e.vm.ToValue(string(option)), e.vm.ToValue(width), e.vm.ToValue(height))
	if err != nil {
		return "", fmt.Errorf("画图程序：%w", err)
	}
	var svg strings.Builder
	e.write(&svg, v.ToObject(e.vm))
	return svg.String(), nil
}

// write writes a node of the library's tree, and what is in it, as XML.
func (e *engine) write(svg *strings.Builder, node *goja.Object) {
	tag := node.Get("tag").String()
	svg.WriteString("<" + tag)
	if attributes, ok := node.Get("attrs").(*goja.Object); ok {
		for _, name := range attributes.Keys() {
			if v := attributes.Get(name); !goja.IsNull(v) && !goja.IsUndefined(v) && v != e.vm.ToValue(false) {
				svg.WriteString(" " + name + `="` + html.EscapeString(v.String()) + `"`)
			}
		}
	}
	svg.WriteString(">")
	if text := node.Get("text"); text != nil && !goja.IsNull(text) && !goja.IsUndefined(text) {
		svg.WriteString(html.EscapeString(text.String()))
	}
	if children, ok := node.Get("children").(*goja.Object); ok {
		e.vm.ForOf(children, func(child goja.Value) bool {
			e.write(svg, child.ToObject(e.vm))
			return true
		})
	}
	svg.WriteString("</" + tag + ">")
}
