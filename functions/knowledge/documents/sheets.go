package documents

import (
	"bytes"
	"context"
	"fmt"

	"github.com/xuri/excelize/v2"

	"keliu/functions/knowledge/documents/office"
)

// maxRows is how many rows of a workbook are read; one that has more is refused.
const maxRows = 50_000

// readSheets reads a workbook: every sheet is a heading and a table.
func readSheets(ctx context.Context, body []byte) (doc Document, err error) {
	if _, err := office.Unpack(body); err != nil {
		return Document{}, err
	}
	// Both limits are the same, so that no sheet goes through a temporary file.
	book, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{
		UnzipSizeLimit: office.MaxUnpacked, UnzipXMLSizeLimit: office.MaxUnpacked,
	})
	if err != nil {
		return Document{}, err
	}
	defer book.Close() // nothing was written
	total, size := 0, 0
	for _, sheet := range book.GetSheetList() {
		rows, err := book.Rows(sheet)
		if err != nil {
			return Document{}, fmt.Errorf("sheet %s: %w", sheet, err)
		}
		var cells [][]string
		for rows.Next() {
			row, err := rows.Columns()
			if err != nil {
				return Document{}, fmt.Errorf("sheet %s: %w", sheet, err)
			}
			for _, c := range row {
				size += len(c)
			}
			if total++; total > maxRows || size > MaxText {
				return Document{}, refuse("upload_too_large", MaxText>>20)
			}
			if ctx.Err() != nil {
				return Document{}, ctx.Err()
			}
			if len(row) > 0 {
				cells = append(cells, row)
			}
		}
		if err := rows.Error(); err != nil {
			return Document{}, fmt.Errorf("sheet %s: %w", sheet, err)
		}
		if blocks := table(cells); len(blocks) > 0 {
			doc.Blocks = append(append(doc.Blocks, Block{Level: 2, Text: sheet}), blocks...)
		}
	}
	return doc, nil
}
