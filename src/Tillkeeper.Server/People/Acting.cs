namespace Tillkeeper.Server.People;

/// <summary>On whose behalf a page asks the API. Nothing that comes over the network can put it there.</summary>
internal sealed record Acting(Person Person);
