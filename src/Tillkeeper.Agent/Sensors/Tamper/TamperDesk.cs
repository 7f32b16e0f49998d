using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Device.Tampering;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Agent.Sensors.Tamper;

/// <summary>
/// Where it is said that somebody was at the terminal's inside. It locks at once, in the middle of a transaction too, and no policy
/// switches that off.
/// </summary>
internal sealed partial class TamperDesk(Till till, ILogger<TamperDesk> logger)
{
    /// <param name="source">Who says so, e.g. the driver of the secure processor.</param>
    public async Task<TillAnswer> RaiseAsync(string source, string? detail)
    {
        var answer = await till.AskAsync(new Tampered(Tidy(source)!, NewId.Lock(), Tidy(detail)));
        if (!answer.Events.IsEmpty)
        {
            LogTampered(Tidy(source)!);
        }
        return answer;
    }

    private static string? Tidy(string? text) =>
        text is null ? null : CardNumbers.Mask(ReportedText.Short(text));

    [LoggerMessage(LogLevel.Critical, "Tampering, says {Source}: the terminal is locked for good.")]
    private partial void LogTampered(string source);
}
