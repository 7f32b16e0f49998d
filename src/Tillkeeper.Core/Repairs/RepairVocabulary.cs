using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Repairs;

/// <summary>How far a repair (维修) has got.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RepairStatus>))]
public enum RepairStatus
{
    Open,

    /// <summary>A repairer is named.</summary>
    Dispatched,

    /// <summary>The repairer is done; the return is not accepted yet.</summary>
    Finished,

    /// <summary>Two people have accepted the return.</summary>
    Accepted,

    /// <summary>Nothing more can be done: the way out is a replacement.</summary>
    Unrepairable,
    Cancelled,
}

[JsonConverter(typeof(SnakeCaseEnum<RepairResult>))]
public enum RepairResult
{
    Repaired,
    NoFaultFound,
    Unrepairable,
}

/// <summary>In whose hands a terminal is.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Holder>))]
public enum Holder
{
    Shop,
    Courier,
    Repairer,
    Depot,
}

/// <summary>By what somebody saw who a repairer is.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RepairerProof>))]
public enum RepairerProof
{
    EmployeeCard,
    IdentityCard,
    Passport,
}
