namespace Tillkeeper.Server.Secrets;

/// <summary>
/// Where sealed secrets are kept: a table that is only ever added to. Names are paths such as <c>ca</c>,
/// <c>code-key</c>, <c>order-key/&lt;kid&gt;</c>, <c>key-set/&lt;version&gt;</c>.
/// </summary>
internal interface ISealedStore
{
    /// <summary>The sealed bytes under this name, or null.</summary>
    byte[]? Find(string name);

    /// <summary>Returns when the bytes are durable; throws when the name is taken, by another replica too.</summary>
    void Add(string name, byte[] sealedBytes);

    /// <summary>The names that begin with <paramref name="prefix"/>, compared ordinally, in no particular order.</summary>
    IReadOnlyList<string> Names(string prefix);
}
