namespace Tillkeeper.Server.Console.Lists;

/// <summary>One filter of a list that is in force, in words; it can be taken away by itself.</summary>
/// <param name="Name">Of the filter, as in the address.</param>
public sealed record Chip(string Name, string Text);
