using System.Net;

namespace Tillkeeper.Agent.Hosting;

/// <summary>What the agent is told at its start.</summary>
/// <param name="Data">The folder that holds identity and journal; one running agent each.</param>
/// <param name="Server">The terminals' door, <c>https://host:port</c>.</param>
/// <param name="CaFile">PEM file with the CA certificate that the server must chain to.</param>
/// <param name="EnrolmentCode">Needed once; ignored when <paramref name="Data"/> holds an identity.</param>
/// <param name="Listen">Where the local API answers; loopback only, port 0 picks a free one.</param>
/// <param name="Sysfs">The root under which <c>/sys</c> and <c>/proc</c> are read.</param>
internal sealed record AgentOptions(
    string Data,
    Uri Server,
    string CaFile,
    string? EnrolmentCode,
    IPEndPoint Listen,
    string Sysfs = "/"
);
