using System.Globalization;
using System.Text;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>What was done how often, so that nobody has to believe that the mix was a fair one.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    public long Total => counts.Values.Sum();

    public long Of(string action) => counts.GetValueOrDefault(action);

    public void Count(string action) => counts[action] = Of(action) + 1;

    /// <summary>One line an action, with its count.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (action, count) in counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{count, 10:N0}  {action}");
        }
        return text.ToString();
    }
}
