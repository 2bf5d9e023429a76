package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// magic opens every encoded model; its digit is the version of the format and of the features.
const magic = "keliu linear 1\n"

// Limits of a model that Decode accepts.
const (
	maxLabels = 64
	maxBits   = 24
)

// ErrModel is returned for bytes that are no whole model of this version.
var ErrModel = errors.New("not a linear model of this version")

// Encode returns the model as bytes: the magic line, bits, labels, heat, scales and biases, the weights, and a
// checksum over all of it.
func (m *Model) Encode() []byte {
	out := []byte(magic)
	out = append(out, byte(m.bits), byte(len(m.labels)))
	for _, l := range m.labels {
		out = append(out, byte(len(l)))
		out = append(out, l...)
	}
	for _, v := range m.numbers() {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(*v))
	}
	return signed(append(out, m.weights...))
}

// signed appends the checksum of data to it.
func signed(data []byte) []byte {
	return binary.LittleEndian.AppendUint32(data, crc32.ChecksumIEEE(data))
}

// numbers are the model's numbers in the order they are written.
func (m *Model) numbers() []*float32 {
	out := []*float32{&m.heat}
	for c := range m.columns {
		out = append(out, &m.scales[c], &m.biases[c])
	}
	return out
}

// Decode reads a model that Encode wrote. The model keeps data, which must not be changed afterwards.
func Decode(data []byte) (*Model, error) {
	body := len(data) - crc32.Size
	if body < len(magic)+2 || string(data[:len(magic)]) != magic {
		return nil, ErrModel
	}
	if crc32.ChecksumIEEE(data[:body]) != binary.LittleEndian.Uint32(data[body:]) {
		return nil, fmt.Errorf("checksum: %w", ErrModel)
	}
	rest := data[len(magic):body]
	m := &Model{bits: int(rest[0])}
	labels := int(rest[1])
	if m.bits > maxBits || labels < 2 || labels > maxLabels {
		return nil, fmt.Errorf("%d labels, %d bits: %w", labels, m.bits, ErrModel)
	}
	rest = rest[2:]
	for range labels {
		if len(rest) == 0 || len(rest) <= int(rest[0]) {
			return nil, fmt.Errorf("labels: %w", ErrModel)
		}
		n := int(rest[0])
		m.labels = append(m.labels, string(rest[1:1+n]))
		rest = rest[1+n:]
	}
	m.columns = columns(labels)
	m.scales, m.biases = make([]float32, m.columns), make([]float32, m.columns)
	numbers := m.numbers()
	if want := 4*len(numbers) + m.columns<<m.bits; len(rest) != want {
		return nil, fmt.Errorf("%d bytes of weights, %d expected: %w", len(rest), want, ErrModel)
	}
	for i, v := range numbers {
		*v = math.Float32frombits(binary.LittleEndian.Uint32(rest[4*i:]))
		if f := float64(*v); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("number %d is none: %w", i, ErrModel)
		}
	}
	m.weights = rest[4*len(numbers):]
	return m, nil
}
