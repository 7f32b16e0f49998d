using Microsoft.AspNetCore.Components;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Shell;

/// <summary>
/// What every component of ours has: the phrases of its reader, the request, who reads, and what the handler gave the page. Razor makes
/// components public, so that a parameter cannot be of a type of ours: a page takes its <see cref="Model{T}"/> from here, and a part that
/// several pages share is an <c>internal static RenderFragment</c> method.
/// </summary>
public abstract class PageComponent : ComponentBase
{
    [Inject]
    private IHttpContextAccessor Accessor { get; set; } = null!;

    private protected Phrases Say { get; } = Phrases.Current;

    private protected HttpContext Context => Accessor.HttpContext!;

    private protected Person? Somebody => Person.Find(Context);

    /// <summary>What the handler gave with <see cref="Pages.Page{TPage}(object?, int)"/>.</summary>
    private protected T Model<T>()
        where T : class => Pages.ModelOf<T>(Context);
}
