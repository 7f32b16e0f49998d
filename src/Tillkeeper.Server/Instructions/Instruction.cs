namespace Tillkeeper.Server.Instructions;

/// <summary>How to get out of a lock at terminals of one kind, in both languages.</summary>
/// <param name="Id">Folder and file, e.g. <c>pax/a920</c>.</param>
/// <param name="Models">As terminals are registered with.</param>
/// <param name="PaymentSystems">E.g. <c>unionpay</c>; empty: whatever runs on it.</param>
/// <param name="Causes">Of the locks it is about; empty: every one.</param>
internal sealed record Instruction(
    string Id,
    string Brand,
    IReadOnlyList<string> Models,
    IReadOnlyList<string> PaymentSystems,
    IReadOnlyList<string> Causes,
    InBothLanguages Title,
    InBothLanguages Text
)
{
    /// <summary>A filter that is null lets everything through.</summary>
    public bool Fits(string? brand, string? model, string? paymentSystem, string? cause) =>
        (brand is null || Same(brand, Brand))
        && (model is null || Models.Any(m => Same(m, model)))
        && Any(PaymentSystems, paymentSystem)
        && Any(Causes, cause);

    private static bool Any(IReadOnlyList<string> named, string? wanted) =>
        wanted is null || named.Count == 0 || named.Any(n => Same(n, wanted));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A title, or Markdown.</summary>
internal sealed record InBothLanguages(string En, string Zh);
