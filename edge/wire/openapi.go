package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3gen"
)

var parameter = regexp.MustCompile(`:([a-z]+)`)

// OpenAPI makes the document of the routes, OpenAPI 3 as JSON.
func OpenAPI(title, version string, routes []Route) ([]byte, error) {
	schemas := openapi3.Schemas{}
	problem, err := schema(Problem{}, schemas)
	if err != nil {
		return nil, err
	}
	doc := &openapi3.T{
		OpenAPI: "3.0.3",
		Info:    &openapi3.Info{Title: title, Version: version, License: &openapi3.License{Name: "Apache-2.0"}},
		Paths:   openapi3.NewPaths(),
		Components: &openapi3.Components{Schemas: schemas, SecuritySchemes: openapi3.SecuritySchemes{
			string(Session): {Value: openapi3.NewSecurityScheme().WithType("http").WithScheme("bearer")},
			string(Staff):   {Value: openapi3.NewSecurityScheme().WithType("http").WithScheme("bearer")},
			"cookie":        {Value: openapi3.NewSecurityScheme().WithType("apiKey").WithIn("cookie").WithName("keliu_staff")},
		}},
	}
	for _, r := range routes {
		op, err := operation(r, schemas, problem)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", r.Method, r.Path, err)
		}
		doc.AddOperation(parameter.ReplaceAllString(r.Path, "{$1}"), r.Method, op)
	}
	return json.Marshal(doc)
}

func operation(r Route, schemas openapi3.Schemas, problem *openapi3.SchemaRef) (*openapi3.Operation, error) {
	op := openapi3.NewOperation()
	op.Summary, op.Tags = r.Summary, []string{r.Tag}
	op.OperationID = strings.ToLower(r.Method) + strings.NewReplacer("/", "_", ":", "", ".", "_").Replace(r.Path)
	for _, m := range parameter.FindAllStringSubmatch(r.Path, -1) {
		op.AddParameter(openapi3.NewPathParameter(m[1]).WithSchema(openapi3.NewStringSchema()))
	}
	for _, q := range r.Query {
		op.AddParameter(openapi3.NewQueryParameter(q.Name).WithDescription(q.Meaning).WithSchema(openapi3.NewStringSchema()))
	}
	for _, h := range r.Header {
		op.AddParameter(openapi3.NewHeaderParameter(h.Name).WithDescription(h.Meaning).WithSchema(openapi3.NewStringSchema()))
	}
	if err := body(op, r, schemas); err != nil {
		return nil, err
	}
	switch r.Auth {
	case Session:
		op.Security = openapi3.NewSecurityRequirements().With(openapi3.NewSecurityRequirement().Authenticate(string(Session)))
	case Staff:
		op.Security = openapi3.NewSecurityRequirements().With(openapi3.NewSecurityRequirement().Authenticate(string(Staff))).
			With(openapi3.NewSecurityRequirement().Authenticate("cookie"))
	}
	ok := openapi3.NewResponse().WithDescription("done")
	status := 200
	switch {
	case r.Out != nil:
		s, err := schema(r.Out, schemas)
		if err != nil {
			return nil, err
		}
		ok.Content = openapi3.NewContentWithJSONSchemaRef(s)
	case r.Content != "":
		ok.Content = openapi3.NewContentWithSchema(openapi3.NewStringSchema(), []string{r.Content})
	default:
		status = 204
	}
	op.AddResponse(status, ok)
	refused := openapi3.NewResponse().WithDescription("an error, in the language of Accept-Language")
	refused.Content = openapi3.NewContentWithJSONSchemaRef(problem)
	op.Responses.Set("default", &openapi3.ResponseRef{Value: refused})
	return op, nil
}

func body(op *openapi3.Operation, r Route, schemas openapi3.Schemas) error {
	switch {
	case r.In != nil:
		s, err := schema(r.In, schemas)
		if err != nil {
			return err
		}
		op.RequestBody = &openapi3.RequestBodyRef{Value: openapi3.NewRequestBody().WithJSONSchemaRef(s)}
	case r.Body != "":
		op.RequestBody = &openapi3.RequestBodyRef{Value: openapi3.NewRequestBody().
			WithContent(openapi3.NewContentWithSchema(openapi3.NewStringSchema().WithFormat("binary"), []string{r.Body}))}
	}
	return nil
}

func schema(v any, schemas openapi3.Schemas) (*openapi3.SchemaRef, error) {
	ref, err := openapi3gen.NewSchemaRefForValue(v, schemas, openapi3gen.UseAllExportedFields(), openapi3gen.CreateTypeNameGenerator(typeName),
		openapi3gen.SchemaCustomizer(describe))
	if err != nil {
		return nil, fmt.Errorf("schema of %T: %w", v, err)
	}
	return ref, nil
}

func typeName(t reflect.Type) string { return t.Name() }

// describe documents what the generator does not see: that an array has numbers, how many, and that a field is always there, unless its
// tag lets it be left out.
func describe(_ string, t reflect.Type, _ reflect.StructTag, s *openapi3.Schema) error {
	if t.Kind() == reflect.Array && t.Elem().Kind() == reflect.Float64 {
		n := int64(t.Len())
		*s = *openapi3.NewArraySchema().WithItems(openapi3.NewFloat64Schema()).WithMinItems(n).WithMaxItems(n)
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if s.Properties[name] != nil && !strings.Contains(options, "omit") {
			s.Required = append(s.Required, name)
		}
	}
	return nil
}
