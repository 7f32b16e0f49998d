using System.Globalization;

namespace Tillkeeper.Server.Console.Lists;

/// <summary>A column of moments: in the reader's own zone on the page, in UTC in the file.</summary>
internal static class MomentColumn
{
    public static Column<T> Of<T>(string phrase, Func<T, DateTimeOffset?> at) =>
        new(phrase, row => at(row)?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))
        {
            Show = row =>
                builder =>
                {
                    builder.OpenComponent<Shell.Moment>(0);
                    builder.AddComponentParameter(1, nameof(Shell.Moment.At), at(row));
                    builder.CloseComponent();
                },
        };
}
