using Tillkeeper.Server;

return ServerOptions.Parse(args, Startup.Run);
