using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Tillkeeper.Core;

namespace Tillkeeper.Server.Printing;

/// <summary>
/// Prints a page as PDF with Debian's chromium, which brings line breaking and Chinese. One at a time, without network, in a
/// folder of its own that is gone afterwards.
/// </summary>
/// <param name="browser">The program that prints.</param>
internal sealed class PdfPrinter(string browser) : IDisposable
{
    public const string Debian = "/usr/bin/chromium";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <summary>The PDF, or why there is none: <c>printer_missing</c>, <c>printer_failed</c> (both 503).</summary>
    public async Task<(byte[] Pdf, Refusal? Refusal)> Print(string html, CancellationToken cancel)
    {
        if (!File.Exists(browser))
        {
            return (
                [],
                new Refusal(
                    RefusalKind.Unavailable,
                    "printer_missing",
                    "This server cannot print PDF: chromium is not installed (apt-get install chromium fonts-noto-cjk). Ask for json or html."
                )
            );
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        await oneAtATime.WaitAsync(limit.Token);
        var folder = Directory.CreateTempSubdirectory("tillkeeper-print-");
        try
        {
            return await Print(html, folder.FullName, limit.Token);
        }
        finally
        {
            oneAtATime.Release();
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<(byte[], Refusal?)> Print(
        string html,
        string folder,
        CancellationToken limit
    )
    {
        var (page, pdf) = (Path.Combine(folder, "page.html"), Path.Combine(folder, "page.pdf"));
        await File.WriteAllTextAsync(page, html, Encoding.UTF8, limit);
        ProcessStartInfo start = new(browser)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in Arguments(folder, page, pdf))
        {
            start.ArgumentList.Add(argument);
        }
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                // Read, or a full pipe would stop it.
                var said = Task.WhenAll(
                    process.StandardError.ReadToEndAsync(limit),
                    process.StandardOutput.ReadToEndAsync(limit)
                );
                await process.WaitForExitAsync(limit);
                await said;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    await process.WaitForExitAsync(CancellationToken.None);
                }
            }
        }
        catch (Win32Exception)
        {
            return ([], Failed);
        }
        catch (OperationCanceledException)
        {
            return ([], Failed);
        }
        return File.Exists(pdf)
            ? (await File.ReadAllBytesAsync(pdf, CancellationToken.None), null)
            : ([], Failed);
    }

    private static Refusal Failed { get; } =
        new(
            RefusalKind.Unavailable,
            "printer_failed",
            "The page could not be printed now; try again, or ask for json or html."
        );

    private static IEnumerable<string> Arguments(string folder, string page, string pdf)
    {
        yield return "--headless";
        yield return "--disable-gpu";
        yield return "--disable-dev-shm-usage";
        yield return "--no-pdf-header-footer";
        // Nothing on the page needs the network: whatever asks for it gets none. Scripts are kept out by the policy on the page itself.
        yield return "--host-resolver-rules=MAP * ~NOTFOUND";
        yield return $"--user-data-dir={folder}/profile";
        if (Environment.IsPrivilegedProcess)
        {
            // Chromium's own sandbox refuses to run as root; the page is our own and holds no script.
            yield return "--no-sandbox";
        }
        yield return $"--print-to-pdf={pdf}";
        yield return new Uri(page).AbsoluteUri;
    }
}
