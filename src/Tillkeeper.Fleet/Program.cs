using System.CommandLine;
using Tillkeeper.Fleet.Load;
using Tillkeeper.Fleet.Worlds;

RootCommand root = new("Simulated terminals and worlds for Tillkeeper.")
{
    SelectorLockCommand.Make(),
    HonestShopCommand.Make(),
};
return await root.Parse(args).InvokeAsync();
