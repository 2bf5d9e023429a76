package documents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"keliu/functions/knowledge/documents/documentstest"
	"keliu/functions/knowledge/documents/office"
	"keliu/streams/desk"
)

func docx(t testing.TB, body string, more ...string) []byte {
	return documentstest.Archive(t, append([]string{"[Content_Types].xml", documentstest.ContentTypes, "word/document.xml", documentstest.WordHead + body + documentstest.WordTail}, more...)...)
}

func pptx(t testing.TB, slides ...string) []byte {
	entries := []string{"[Content_Types].xml", documentstest.ContentTypes, "ppt/presentation.xml", "<p/>"}
	for i, s := range slides {
		entries = append(entries, fmt.Sprintf("ppt/slides/slide%d.xml", i+1), documentstest.SlideHead+s+documentstest.SlideTail)
	}
	return documentstest.Archive(t, entries...)
}

func xlsx(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pdfFile writes a one-page file whose font names its characters, as word processors do.
func pdfFile(t testing.TB, lines ...string) []byte {
	t.Helper()
	var content, names strings.Builder
	content.WriteString("BT /F1 12 Tf 14 TL 50 750 Td\n")
	count := 0
	for _, line := range lines {
		content.WriteString("<")
		for _, r := range line {
			count++
			fmt.Fprintf(&content, "%04X", count)
			fmt.Fprintf(&names, "<%04X> <%04X>\n", count, r)
		}
		content.WriteString("> Tj T*\n")
	}
	content.WriteString("ET")
	unicodes := fmt.Sprintf("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+
		"%d beginbfchar\n%sendbfchar\nendcmap end end", count, names.String())
	return pdfObjects(
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", content.Len(), content.String()),
		"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(unicodes), unicodes),
	)
}

func pdfObjects(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var places []int
	for i, o := range objects {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// shared is one reader for all tests, because an engine for PDF takes long to start.
var shared = sync.OnceValue(func() *Reader { return new(Reader) })

func TestRead(t *testing.T) {
	r := shared()
	t.Run("says the same in every format", func(t *testing.T) { testFormats(t, r) })
	t.Run("refuses", func(t *testing.T) { testRefusals(t, r) })
	t.Run("starts again after it was closed", func(t *testing.T) {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		doc, err := r.Read(t.Context(), "a.pdf", pdfFile(t, "由商家承担。"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]Block{{Text: "由商家承担。"}}, doc.Blocks); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("stops when asked", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := r.Read(ctx, "a.pdf", pdfFile(t, "x")); !errors.Is(err, context.Canceled) {
			t.Errorf("Read = %v, want it cancelled", err)
		}
	})
}

func testFormats(t *testing.T, r *Reader) {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("# 退货\n\n## 运费\n\n由商家承担。\n")
	if err != nil {
		t.Fatal(err)
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("地区,时效\n新疆,6–9 天\n")
	if err != nil {
		t.Fatal(err)
	}
	heading := Block{Level: 2, Text: "运费"}
	said := Block{Text: "由商家承担。"}
	row := Block{Text: "地区：新疆；时效：6–9 天"}
	answered := Block{Text: "可以。", Questions: []string{"能退吗？", "可退吗", "支持退货吗"}}
	for name, test := range map[string]struct {
		body []byte
		want Document
	}{
		"a.md":        {[]byte("# 退货\n\n## 运费\n\n由**商家**[承担](https://x.example)。\n\n<script>x</script>\n\n| 地区 | 时效 |\n|---|---|\n| 新疆 | 6–9 天 |\n"), Document{"退货", []Block{heading, said, row}}},
		"wide.md":     {[]byte(wide), Document{"退货", []Block{heading, said}}},
		"list.md":     {[]byte("1. 打开订单\n2. 申请售后\n   - 选退货\n"), Document{"", []Block{{Text: "打开订单"}, {Text: "申请售后"}, {Text: "选退货"}}}},
		"faq.md":      {[]byte("## 能退吗？\n\n相似问：可退吗；支持退货吗\n\n可以。\n"), Document{"", []Block{{Level: 2, Text: "能退吗？", Questions: answered.Questions}, {Text: "可以。"}}}},
		"a.txt":       {[]byte("二、运费\n由商家承担。\n\n问：能退吗？\n相似问：可退吗/支持退货吗\n答：可以。\n"), Document{"", []Block{{Level: 2, Text: "二、运费"}, said, answered}}},
		"a.html":      {[]byte(`<html><head><title>退货</title><style>p{}</style></head><body><nav>首页</nav><h2>运费</h2><p>由<b>商家</b>承担。</p><script>evil()</script><table><tr><th>地区</th><th>时效</th></tr><tr><td>新疆</td><td>6–9 天</td></tr></table></body></html>`), Document{"退货", []Block{heading, said, row}}},
		"a.csv":       {[]byte(gb), Document{"", []Block{row}}},
		"faq.csv":     {[]byte("\ufeff问题;答案;相似问\n能退吗？;可以。;可退吗|支持退货吗\n"), Document{"", []Block{answered}}},
		"a.xlsx":      {xlsx(t, []any{"地区", "时效"}, []any{"新疆", "6–9 天"}), Document{"", []Block{{Level: 2, Text: "Sheet1"}, row}}},
		"faq.xlsx":    {xlsx(t, []any{"Question", "Answer", "Similar"}, []any{"能退吗？", "可以。", "可退吗\n支持退货吗"}), Document{"", []Block{{Level: 2, Text: "Sheet1"}, answered}}},
		"a.docx":      {docx(t, `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>退货</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>运费</w:t></w:r></w:p><w:p><w:r><w:t>由商家</w:t></w:r><w:r><w:t>承担。</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>地区</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>时效</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>新疆</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>6–9 天</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`), Document{"退货", []Block{heading, said, row}}},
		"a.pptx":      {pptx(t, `<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>运费</a:t></a:r></a:p></p:txBody></p:sp><p:sp><p:txBody><a:p><a:r><a:t>由商家承担。</a:t></a:r></a:p></p:txBody></p:sp>`, `<a:tbl><a:tr><a:tc><a:p><a:t>地区</a:t></a:p></a:tc><a:tc><a:p><a:t>时效</a:t></a:p></a:tc></a:tr><a:tr><a:tc><a:p><a:t>新疆</a:t></a:p></a:tc><a:tc><a:p><a:t>6–9 天</a:t></a:p></a:tc></a:tr></a:tbl>`), Document{"", []Block{heading, said, row}}},
		"a.pdf":       {pdfFile(t, "二、运费", "由商家承担。"), Document{"", []Block{{Level: 2, Text: "二、运费"}, said}}},
		"C:\\b.MD":    {[]byte("由商家承担。"), Document{"", []Block{said}}},
		"noextension": {[]byte("由商家承担。"), Document{"", []Block{said}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := r.Read(t.Context(), name, test.body)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func testRefusals(t *testing.T, r *Reader) {
	zeros := strings.Repeat("\x00", 30<<20)
	many := make([]string, 0, 2*(office.MaxEntries+1))
	for i := range office.MaxEntries + 1 {
		many = append(many, fmt.Sprintf("word/%d", i), "")
	}
	locked := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, bytes.Repeat([]byte{0}, 2000)...)
	locked = append(locked, utf16("EncryptedPackage")...)
	text := []byte("由商家承担。")
	for name, test := range map[string]struct {
		name string
		body []byte
		code string
	}{
		"nothing":              {"a.md", nil, "upload_empty"},
		"a huge file":          {"a.txt", bytes.Repeat([]byte("a"), MaxUpload+1), "upload_too_large"},
		"a huge text":          {"a.txt", bytes.Repeat([]byte("text\n"), MaxText/3), "upload_too_large"},
		"an unknown type":      {"a.exe", []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), "upload_type_unknown"},
		"a picture":            {"a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "upload_type_unknown"},
		"text called pdf":      {"a.pdf", text, "upload_not_what_it_says"},
		"pdf called md":        {"a.md", pdfFile(t, "x"), "upload_not_what_it_says"},
		"docx called xlsx":     {"a.xlsx", docx(t, ""), "upload_not_what_it_says"},
		"a zip called docx":    {"a.docx", documentstest.Archive(t, "a.txt", "hello"), "upload_not_what_it_says"},
		"a picture called md":  {"a.md", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "upload_not_what_it_says"},
		"a zip bomb":           {"a.docx", docx(t, zeros), "upload_bomb"},
		"a bomb beside":        {"a.docx", docx(t, "", "word/media/x", zeros), "upload_bomb"},
		"a million entries":    {"a.docx", docx(t, "", many...), "upload_bomb"},
		"a sheet bomb":         {"a.xlsx", documentstest.Archive(t, "[Content_Types].xml", documentstest.ContentTypes, "xl/workbook.xml", zeros), "upload_bomb"},
		"deep elements":        {"a.docx", docx(t, strings.Repeat("<w:p>", office.MaxDepth+1)), "upload_bomb"},
		"entities":             {"a.docx", documentstest.Archive(t, "[Content_Types].xml", documentstest.ContentTypes, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>`), "upload_bomb"},
		"a path out":           {"a.docx", docx(t, "", "../../etc/passwd", "x"), "upload_broken"},
		"a torn docx":          {"a.docx", docx(t, "text")[:300], "upload_broken"},
		"broken xml":           {"a.docx", docx(t, "<w:p></w:x>"), "upload_broken"},
		"a broken workbook":    {"a.xlsx", documentstest.Archive(t, "[Content_Types].xml", documentstest.ContentTypes, "xl/workbook.xml", "<workbook"), "upload_broken"},
		"a broken pdf":         {"a.pdf", []byte("%PDF-1.7\nrubbish"), "upload_broken"},
		"a locked office file": {"a.docx", locked, "upload_encrypted"},
		"a locked pdf":         {"a.pdf", lockedPDF, "upload_encrypted"},
		"an empty page":        {"a.html", []byte("<html><body><script>x()</script></body></html>"), "upload_no_text"},
		"a pdf of pictures":    {"a.pdf", pdfFile(t), "upload_no_text"},
		"an empty workbook":    {"a.xlsx", xlsx(t), "upload_no_text"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := r.Read(t.Context(), test.name, test.body)
			var problem *desk.Problem
			if !errors.As(err, &problem) || problem.Code != test.code || !errors.Is(err, desk.ErrInvalid) {
				t.Fatalf("Read = %v, want %s", err, test.code)
			}
			if len(problem.Args) == 0 || problem.Args[0] != test.name {
				t.Errorf("args = %v, want the file's name first", problem.Args)
			}
		})
	}
}

// lockedPDF is a file encrypted with a password: 40-bit RC4, revision 2.
var lockedPDF = []byte("%PDF-1.4\n" +
	"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" +
	"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" +
	"3 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + strings.Repeat("41", 32) + "> /U <" + strings.Repeat("42", 32) + "> >>\nendobj\n" +
	"trailer << /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] >>\nstartxref\n0\n%%EOF\n")

func TestArchivesInArchivesStayClosed(t *testing.T) {
	inner := documentstest.Archive(t, "bomb", strings.Repeat("\x00", 30<<20))
	doc, err := shared().Read(t.Context(), "a.docx", docx(t, "<w:p><w:r><w:t>说明</w:t></w:r></w:p>", "word/embeddings/inner.zip", string(inner)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Block{{Text: "说明"}}, doc.Blocks); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("# a\n\n| b | c |\n|---|---|\n| d | e |\n\n问：f\n答：g\n"))
	f.Add([]byte("<table><tr><td>a<p>b</table><h1>c"))
	f.Add([]byte("问题,答案\n\"a,b"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("0\n问："))
	f.Add([]byte("问：a\n答："))
	f.Add([]byte("\xd6\xd0\xce\xc4"))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, name := range []string{"a.md", "a.txt", "a.html", "a.csv", "a"} {
			check(t, name, body)
		}
	})
}

func FuzzWord(f *testing.F) {
	fuzzEntry(f, "a.docx", "word/document.xml", documentstest.WordHead+`<w:tbl><w:tr><w:tc><w:p><w:t>a</w:t></w:p></w:tc></w:tr></w:tbl>`+documentstest.WordTail)
}
func FuzzSlides(f *testing.F) {
	fuzzEntry(f, "a.pptx", "ppt/slides/slide1.xml", documentstest.SlideHead+`<a:tbl><a:tr><a:tc><a:p><a:t>a</a:t></a:p></a:tc></a:tr></a:tbl>`+documentstest.SlideTail)
}
func FuzzSheets(f *testing.F) {
	fuzzEntry(f, "a.xlsx", "xl/workbook.xml", `<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`)
}

// fuzzEntry fuzzes one entry of an office file.
func fuzzEntry(f *testing.F, name, entry, seed string) {
	f.Add(seed)
	f.Fuzz(func(t *testing.T, xml string) {
		check(t, name, documentstest.Archive(t, "[Content_Types].xml", documentstest.ContentTypes, "word/document.xml", "<x/>", entry, xml))
		check(t, name, documentstest.Archive(t, "[Content_Types].xml", documentstest.ContentTypes, entry, xml))
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(docx(f, "<w:p><w:t>a</w:t></w:p>"))
	f.Add(pptx(f, "<a:p><a:t>a</a:t></a:p>"))
	f.Add(xlsx(f, []any{"a", "b"}, []any{"c", "d"}))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, name := range []string{"a.docx", "a.pptx", "a.xlsx", "a"} {
			check(t, name, body)
		}
	})
}

func FuzzPDF(f *testing.F) {
	f.Add(pdfFile(f, "由商家承担。"))
	f.Add(lockedPDF)
	r := shared()
	if _, err := r.Read(f.Context(), "a.pdf", pdfFile(f, "x")); err != nil { // the first takes longer than fuzzing allows
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) { checkWith(t, r, "a.pdf", body) })
}

func check(t *testing.T, name string, body []byte) { checkWith(t, new(Reader), name, body) }

// checkWith holds what every upload, however hostile, must come to: text that is valid and bounded, or a refusal with
// a code.
func checkWith(t *testing.T, r *Reader, name string, body []byte) {
	t.Helper()
	doc, err := r.Read(t.Context(), name, body)
	if err != nil {
		var problem *desk.Problem
		if !errors.As(err, &problem) || !strings.HasPrefix(problem.Code, "upload_") {
			t.Fatalf("%s: %v is no refusal with a code", name, err)
		}
		return
	}
	size := 0
	for _, b := range doc.Blocks {
		if b.Text == "" || !utf8.ValidString(b.Text) || strings.ContainsRune(b.Text, 0) {
			t.Fatalf("%s: block %q", name, b.Text)
		}
		for _, q := range b.Questions {
			if !utf8.ValidString(q) {
				t.Fatalf("%s: question %q", name, q)
			}
		}
		size += len(b.Text)
	}
	if size == 0 || size > MaxText {
		t.Fatalf("%s: %d bytes of text", name, size)
	}
}
