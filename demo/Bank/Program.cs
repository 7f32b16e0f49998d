using Tillkeeper.DemoBank;

// An example bank: what a bank's backend and its app have to do, in a few lines. Usage:
//   Tillkeeper.DemoBank --listen http://127.0.0.1:PORT --server https://HOST:PORT --ca ca.crt --data DIR
// It makes its key in DIR and prints the public half; register it with POST /api/v1/banks, then give what that answers to PUT /setup.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var settings = builder.Configuration;
builder.WebHost.UseUrls(settings["listen"]!);
builder.Services.AddSingleton(BankKey.LoadOrCreate(settings["data"]!));
builder.Services.AddSingleton(ProviderLink.To(new Uri(settings["server"]!), settings["ca"]!));
builder.Services.AddSingleton<Inbox>();
var app = builder.Build();
app.MapBankBackend();
app.MapPhone();
await app.StartAsync();
Console.WriteLine(app.Services.GetRequiredService<BankKey>().PublicPem);
Console.WriteLine($"demo bank listening on {app.Urls.Single()}");
await app.WaitForShutdownAsync();
