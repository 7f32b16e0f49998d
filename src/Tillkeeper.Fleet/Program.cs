using System.CommandLine;
using Tillkeeper.Fleet.Load;

RootCommand root = new("Simulated terminals and worlds for Tillkeeper.")
{
    SelectorLockCommand.Make(),
};
return await root.Parse(args).InvokeAsync();
