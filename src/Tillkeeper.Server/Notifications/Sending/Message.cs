namespace Tillkeeper.Server.Notifications.Sending;

/// <summary>One message on its way out; lives in memory only.</summary>
/// <param name="Id">The same at every attempt: a gateway that looks at it sends nothing twice.</param>
/// <param name="To">A phone number or an address; empty for a group.</param>
internal sealed record Message(string Id, string To, string Title, string Text)
{
    /// <summary>Never whom it goes to, nor what it says.</summary>
    public override string ToString() => $"Message {Id}";
}

/// <summary>Why a message was not taken.</summary>
/// <param name="Problem">Names neither recipient nor content.</param>
/// <param name="Final">Trying again is of no use.</param>
internal sealed record SendFailure(string Problem, bool Final = false);
