package fasthtml

import (
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"
)

// compiler makes functions of a template and of those that it has.
type compiler struct {
	set   *template.Template
	texts map[string]func(string) template.HTML
	made  map[string]*step // by name; those being made too, for one may have itself
	names []string         // of the variables, as they lie in run.vars
}

func unknown(*run) error { return errUnknown }

func (c *compiler) template(name string) step {
	if made := c.made[name]; made != nil {
		return func(r *run) error { return (*made)(r) }
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		return unknown
	}
	made := new(step)
	c.made[name] = made
	outer := c.names
	c.names = []string{"$"}
	*made = c.list(t.Tree.Root)
	c.names = outer
	return *made
}

func (c *compiler) list(n *parse.ListNode) step {
	if n == nil {
		return func(*run) error { return nil }
	}
	var steps []step
	declared := len(c.names)
	for _, n := range n.Nodes {
		steps = append(steps, c.node(n))
	}
	c.names = c.names[:declared]
	if len(steps) == 1 {
		return steps[0]
	}
	return func(r *run) error {
		vars := len(r.vars)
		for _, do := range steps {
			if err := do(r); err != nil {
				return err
			}
		}
		r.vars = r.vars[:vars]
		return nil
	}
}

func (c *compiler) node(n parse.Node) step {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(r *run) error {
			r.out.Write(text)
			return nil
		}
	case *parse.CommentNode:
		return func(*run) error { return nil }
	case *parse.ActionNode:
		return c.action(n.Pipe)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.loop(n)
	case *parse.TemplateNode:
		return c.call(n)
	}
	return unknown
}

// action writes a value, escaped, or keeps it in a variable.
func (c *compiler) action(p *parse.PipeNode) step {
	if len(p.Decl) > 0 {
		get := c.pipe(p)
		return func(r *run) error {
			v, err := get(r)
			r.vars = append(r.vars, v)
			return err
		}
	}
	var names []string
	for _, cmd := range p.Cmds[1:] {
		names = append(names, cmd.String())
	}
	escape, ok := escapers[strings.TrimPrefix(strings.Join(names, " "), prefix)]
	if !ok {
		return unknown
	}
	get := c.command(p.Cmds[0])
	return func(r *run) error {
		v, err := get(r)
		if err != nil {
			return err
		}
		return escape(r.out, v)
	}
}

// pipe returns what a pipe of one command is, and declares its variables.
func (c *compiler) pipe(p *parse.PipeNode) value {
	if len(p.Cmds) != 1 || p.IsAssign || len(p.Decl) > 1 {
		return noValue
	}
	get := c.command(p.Cmds[0])
	for _, v := range p.Decl {
		c.names = append(c.names, v.Ident[0])
	}
	return get
}

func (c *compiler) branch(n *parse.BranchNode, with bool) step {
	declared := len(c.names)
	get := c.pipe(n.Pipe)
	then := c.list(n.List)
	otherwise := c.list(n.ElseList)
	c.names = c.names[:declared]
	keeps := len(n.Pipe.Decl) > 0
	return func(r *run) error {
		v, err := get(r)
		if err != nil {
			return err
		}
		dot, vars := r.dot, len(r.vars)
		if keeps {
			r.vars = append(r.vars, v)
		}
		if !isTrue(v) {
			err = otherwise(r)
		} else {
			if with {
				r.dot = v
			}
			err = then(r)
		}
		r.dot, r.vars = dot, r.vars[:vars]
		return err
	}
}

func (c *compiler) loop(n *parse.RangeNode) step {
	if len(n.Pipe.Cmds) != 1 || n.Pipe.IsAssign {
		return unknown
	}
	declared := len(c.names)
	get := c.command(n.Pipe.Cmds[0])
	for _, v := range n.Pipe.Decl {
		c.names = append(c.names, v.Ident[0])
	}
	each := c.list(n.List)
	c.names = c.names[:declared]
	otherwise := c.list(n.ElseList)
	names := len(n.Pipe.Decl)
	return func(r *run) error {
		list, err := get(r)
		if err != nil {
			return err
		}
		if list = indirect(list); list.Kind() != reflect.Slice && list.Kind() != reflect.Array {
			return errUnknown
		}
		if list.Len() == 0 {
			return otherwise(r)
		}
		dot, vars := r.dot, len(r.vars)
		for i := range list.Len() {
			r.dot = list.Index(i)
			switch names {
			case 1:
				r.vars = append(r.vars, r.dot)
			case 2:
				r.vars = append(r.vars, reflect.ValueOf(i), r.dot)
			}
			if err := each(r); err != nil {
				return err
			}
			r.vars = r.vars[:vars]
		}
		r.dot = dot
		return nil
	}
}

// call executes another template, which sees its own data alone.
func (c *compiler) call(n *parse.TemplateNode) step {
	get := value(func(*run) (reflect.Value, error) { return reflect.Value{}, nil })
	if n.Pipe != nil {
		if len(n.Pipe.Decl) > 0 {
			return unknown
		}
		get = c.pipe(n.Pipe)
	}
	do := c.template(n.Name)
	return func(r *run) error {
		v, err := get(r)
		if err != nil {
			return err
		}
		dot, outer := r.dot, r.vars
		r.dot, r.vars = v, append(r.vars[len(r.vars):], v)
		err = do(r)
		r.dot, r.vars = dot, outer
		return err
	}
}

// value is a part of a template that has a value.
type value func(*run) (reflect.Value, error)

func noValue(*run) (reflect.Value, error) { return reflect.Value{}, errUnknown }

func (c *compiler) command(n *parse.CommandNode) value {
	switch first := n.Args[0].(type) {
	case *parse.IdentifierNode:
		return c.function(first.Ident, n.Args[1:])
	case *parse.FieldNode:
		if len(n.Args) > 1 {
			return c.method(first, n.Args[1:])
		}
	}
	if len(n.Args) > 1 {
		return noValue
	}
	return c.argument(n.Args[0])
}

func (c *compiler) argument(n parse.Node) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(r *run) (reflect.Value, error) { return r.dot, nil }
	case *parse.FieldNode:
		return fields(func(r *run) (reflect.Value, error) { return r.dot, nil }, n.Ident)
	case *parse.VariableNode:
		at := -1
		for i, name := range c.names { // the last one of the name
			if name == n.Ident[0] {
				at = i
			}
		}
		if at < 0 {
			return noValue
		}
		return fields(func(r *run) (reflect.Value, error) { return r.vars[at], nil }, n.Ident[1:])
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return c.pipe(n)
		}
	}
	return noValue
}

func constant(v any) value {
	of := reflect.ValueOf(v)
	return func(*run) (reflect.Value, error) { return of, nil }
}

// function calls one of those that every template has.
func (c *compiler) function(name string, args []parse.Node) value {
	var gets []value
	for _, a := range args {
		gets = append(gets, c.argument(a))
	}
	if (name == "and" || name == "or") && len(gets) > 0 {
		return func(r *run) (v reflect.Value, err error) {
			for _, get := range gets {
				if v, err = get(r); err != nil || isTrue(v) == (name == "or") {
					return v, err
				}
			}
			return v, nil
		}
	}
	if of := c.texts[name]; of != nil && len(gets) == 1 {
		return func(r *run) (reflect.Value, error) {
			v, err := gets[0](r)
			if err != nil {
				return v, err
			}
			if v = indirect(v); !v.IsValid() || v.Type() != plainText {
				return v, errUnknown
			}
			return reflect.ValueOf(of(v.String())), nil
		}
	}
	f := functions[name]
	if f.args == 0 || f.args != len(gets) {
		return noValue
	}
	return func(r *run) (v reflect.Value, err error) {
		var in [2]reflect.Value
		for n, get := range gets {
			if in[n], err = get(r); err != nil {
				return v, err
			}
		}
		return f.of(in[0], in[1])
	}
}

// method calls a method of the dot with texts.
func (c *compiler) method(n *parse.FieldNode, args []parse.Node) value {
	var in []reflect.Value
	for _, a := range args {
		text, ok := a.(*parse.StringNode)
		if !ok {
			return noValue
		}
		in = append(in, reflect.ValueOf(text.Text))
	}
	if len(n.Ident) != 1 {
		return noValue
	}
	return func(r *run) (reflect.Value, error) {
		method := r.dot.MethodByName(n.Ident[0])
		if !method.IsValid() || method.Type().NumIn() != len(in) {
			return method, errUnknown
		}
		return result(method.Call(in))
	}
}
