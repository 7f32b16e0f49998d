using System.Globalization;
using System.Text;
using QRCoder;

namespace Tillkeeper.Agent.OpenLinks;

/// <summary>A text as a QR code (ISO/IEC 18004) in SVG: dark modules on white with the quiet zone, no script, no style.</summary>
internal static class QrImage
{
    /// <summary>The lowest error correction: a screen is neither torn nor dirty, and on a small one every module counts.</summary>
    private const QRCodeGenerator.ECCLevel Correction = QRCodeGenerator.ECCLevel.L;

    public static string Svg(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, Correction);
        var rows = code.ModuleMatrix;
        StringBuilder path = new();
        for (var y = 0; y < rows.Count; y++)
        {
            var x = 0;
            while (x < rows[y].Count)
            {
                var from = x;
                while (x < rows[y].Count && rows[y][x])
                {
                    x++;
                }
                if (x > from)
                {
                    path.Append(
                        CultureInfo.InvariantCulture,
                        $"M{from} {y}h{x - from}v1h-{x - from}z"
                    );
                }
                x++;
            }
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{rows.Count}v{rows.Count}h-{rows.Count}z"/><path d="{path}"/></svg>"""
        );
    }
}
