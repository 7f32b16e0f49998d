using System.Globalization;
using Tillkeeper.Core;

namespace Tillkeeper.Server.Http;

/// <summary>One page of a list: <c>?after=&amp;limit=</c>. <see cref="After"/> is the last id of the page before.</summary>
internal sealed record Paging(string After, int Limit, Refusal? Refusal = null)
{
    private const int Default = 50;
    private const int Most = 200;

    public static ValueTask<Paging> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var after = query["after"].ToString();
        var text = query["limit"].ToString();
        if (text.Length == 0)
        {
            return ValueTask.FromResult(new Paging(after, Default));
        }
        var valid =
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= Most;
        return ValueTask.FromResult(
            valid
                ? new Paging(after, limit)
                : new Paging(
                    after,
                    Default,
                    Refusal.Invalid("limit", $"Use a whole number from 1 to {Most}.")
                )
        );
    }

    /// <summary>Cuts the row that only shows that there is more. Ask the database for <see cref="Limit"/> + 1 rows.</summary>
    public Page<T> Cut<T>(IReadOnlyList<T> rows, Func<T, string> idOf) =>
        rows.Count > Limit
            ? new Page<T>([.. rows.Take(Limit)], idOf(rows[Limit - 1]))
            : new Page<T>(rows, null);
}

/// <summary>A list as every list of the API looks; <paramref name="Next"/> is the <c>after</c> of the next page.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
