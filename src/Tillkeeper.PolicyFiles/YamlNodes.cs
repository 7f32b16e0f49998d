namespace Tillkeeper.PolicyFiles;

/// <summary>A node of a YAML document with the line it begins on: what the parser saw, before anything is made of it.</summary>
internal abstract record YamlItem(int Line);

/// <param name="Plain">Without quotes: only then may it be a number or a truth value.</param>
internal sealed record YamlScalar(int Line, string Text, bool Plain) : YamlItem(Line)
{
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlList(int Line, IReadOnlyList<YamlItem> Items) : YamlItem(Line);

internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlItem(Line);

internal sealed record YamlEntry(int Line, string Key, YamlItem Value);
