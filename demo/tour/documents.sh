# shellcheck shell=bash
# Two small but whole documents to attach: what counts is the content, never the name of a file.

# write_picture FILE: a PNG of one grey pixel.
write_picture() {
  base64 --decode >"$1" <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg=='
}

# write_pdf FILE TEXT: one page with a line of ASCII text on it.
write_pdf() {
  local page="BT /F1 12 Tf 50 780 Td ($2) Tj ET" body=$'%PDF-1.4\n' table='' object number=0
  local -a objects=(
    '<</Type/Catalog/Pages 2 0 R>>'
    '<</Type/Pages/Kids[3 0 R]/Count 1>>'
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>'
    "<</Length ${#page}>>"$'\n'"stream"$'\n'"$page"$'\n'"endstream"
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
  )
  for object in "${objects[@]}"; do
    number=$((number + 1))
    printf -v table '%s%010d 00000 n \n' "$table" "${#body}"
    printf -v body '%s%d 0 obj\n%s\nendobj\n' "$body" "$number" "$object"
  done
  printf '%sxref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' \
    "$body" "$table" "${#body}" >"$1"
}
