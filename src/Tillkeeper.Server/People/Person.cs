using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People;

/// <summary>
/// Someone who acts through the people's door. <paramref name="Place"/> is where in the tree they stand, e.g. <c>/ORG/MERCHANT/</c>;
/// what does not begin with it does not exist for them. <paramref name="Id"/> is the human's, the same for all their keys: wherever two
/// people are needed, two keys of one count once.
/// </summary>
internal sealed record Person(string Id, string Name, Role Role, string Place, string Source)
{
    private const string Item = "tillkeeper.person";

    /// <summary>The provider's own place: the root of the tree.</summary>
    public const string Root = "/";

    /// <summary>The key or the account they came in with.</summary>
    public string Key { get; init; } = Id;

    /// <summary>When they came in with a browser; null with a key.</summary>
    public Session? Session { get; init; }

    /// <summary>How the log names them; a further key of theirs is named beside where they came from.</summary>
    public Act Act => new($"person/{Id}", Key == Id ? Source : $"{Source} key/{Key}");

    /// <summary>The provider's own staff; agents and merchants do not read its inner reasons and names.</summary>
    public bool SeesInside => Role is not (Role.Agent or Role.Merchant);

    /// <summary>Stands at the root: what concerns every shop at once is theirs alone.</summary>
    public bool IsProvider => Place == Root;

    public bool Sees(string place) => place.StartsWith(Place, StringComparison.Ordinal);

    /// <summary>The authenticated person of this request, bound by minimal APIs as a parameter.</summary>
    public static ValueTask<Person> BindAsync(HttpContext context) =>
        ValueTask.FromResult(Of(context));

    public static Person Of(HttpContext context) =>
        Find(context)
        ?? throw new InvalidOperationException("This endpoint has no authenticated person.");

    public static Person? Find(HttpContext context) => (Person?)context.Items[Item];

    public static void Put(HttpContext context, Person person) => context.Items[Item] = person;
}
