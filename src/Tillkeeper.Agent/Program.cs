using System.Globalization;
using Tillkeeper.Agent.Hosting;

// The same words and numbers on every machine: logs and the API are read by programs.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

return await AgentCommand.RunAsync(args, AgentProgram.RunAsync);
