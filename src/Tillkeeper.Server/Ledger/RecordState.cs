using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Ledger;

/// <summary>How far a manual record is settled.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RecordState>))]
internal enum RecordState
{
    /// <summary>Nobody has found the money yet.</summary>
    Open,

    /// <summary>A line of a settlement file, or somebody who counted, accounts for it.</summary>
    Matched,

    /// <summary>Somebody has to look into it.</summary>
    Disputed,

    /// <summary>The money will not come; given up with a reason.</summary>
    WrittenOff,

    /// <summary>Ended at the terminal by a counter entry; said of both.</summary>
    Void,
}
