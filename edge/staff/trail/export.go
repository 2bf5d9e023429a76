package trail

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/policies/audit"
	"keliu/streams/desk"
)

// mostExported is how many entries a file holds.
const mostExported = 200_000

// columns name those of the file, Chinese and English.
var columns = map[desk.Lang][]string{
	desk.Chinese: {"序号", "时间", "操作人", "姓名", "岗位", "动作", "对象", "说明", "详情", "规则版本"},
	desk.English: {"seq", "time", "actor", "name", "role", "action", "object", "reason", "details", "rules"},
}

// export writes all entries that were chosen as CSV; that they were taken home is in the trail.
func (r *Room) export(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	people, err := r.people(ctx)
	if err != nil {
		return err
	}
	var table bytes.Buffer
	n, err := r.table(ctx, csv.NewWriter(&table), filter, wire.Lang(c), people)
	if err != nil {
		return err
	}
	found := details(c)
	found["entries"] = strconv.Itoa(n)
	if err := r.Door.Record(ctx, who, "export", "audit", "", found); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="audit.csv"`)
	c.Data(http.StatusOK, "text/csv; charset=utf-8", table.Bytes())
	return nil
}

// table writes the chosen entries and returns how many there are.
func (r *Room) table(ctx context.Context, w *csv.Writer, filter audit.Filter, lang desk.Lang, people map[string]string) (n int, err error) {
	if err := w.Write(columns[lang]); err != nil {
		return 0, err
	}
	var failed error
	err = r.Trail.Each(ctx, filter, func(e audit.Entry) bool {
		var row []string
		if row, failed = line(e, lang, people); failed == nil {
			failed = w.Write(row)
		}
		n++
		return failed == nil && n <= mostExported
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return 0, err
	}
	if n > mostExported {
		return 0, desk.Refuse(desk.ErrInvalid, "audit_export_large", mostExported)
	}
	w.Flush()
	return n, w.Error()
}

// line is an entry as a line of the file.
func line(e audit.Entry, lang desk.Lang, people map[string]string) ([]string, error) {
	said := ""
	if len(e.Details) > 0 {
		text, err := json.Marshal(e.Details)
		if err != nil {
			return nil, err
		}
		said = string(text)
	}
	row := []string{
		strconv.FormatInt(e.Seq, 10), e.At.UTC().Format(time.RFC3339Nano), e.Actor, people[e.Actor], e.Role, e.Action, e.Object, reason(e, lang), said,
		e.Revision,
	}
	for i, cell := range row {
		row[i] = plain(cell)
	}
	return row, nil
}

// plain keeps a spreadsheet from taking a text for a formula.
func plain(cell string) string {
	if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}
