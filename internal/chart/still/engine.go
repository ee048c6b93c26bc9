package still

import (
	_ "embed"
	"fmt"
	"runtime"

	"modernc.org/quickjs"
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
type engine struct{ vm *quickjs.VM }

// roomForGarbage is how much an engine may use, in bytes, before it looks for
// objects that only point at each other: a drawing leaves less.
const roomForGarbage = 32 << 20

// compile makes the library ready for any number of engines.
func compile(library []byte) ([]byte, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	defer vm.Close()
	return vm.Compile(string(library), quickjs.EvalGlobal)
}

func newEngine(t *tools) (*engine, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("启动画图程序：%w", err)
	}
	e := &engine{vm}
	runtime.AddCleanup(e, func(vm *quickjs.VM) { vm.Close() }, vm) // its memory is not Go's
	vm.SetGCThreshold(roomForGarbage)
	err = vm.RegisterFunc("textWidth", t.metrics.ruler(), false)
	if err == nil {
		_, err = vm.Eval(browser, quickjs.EvalGlobal)
	}
	if err == nil {
		_, err = vm.EvalBytecode(t.library)
	}
	for _, script := range []string{measuring, driver} {
		if err == nil {
			_, err = vm.Eval(script, quickjs.EvalGlobal)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("启动画图程序：%w", err)
	}
	return e, nil
}

// draw gives the library's SVG of an option.
func (e *engine) draw(option []byte, width, height int) (string, error) {
	svg, err := e.vm.Call("draw", string(option), width, height)
	if err != nil {
		return "", fmt.Errorf("画图程序：%w", err)
	}
	return svg.(string), nil
}
