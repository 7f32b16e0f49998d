using Tillkeeper.Server.People;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage;

namespace Tillkeeper.Server;

/// <summary>What must be there before the doors open: the exported CA certificate, and an admin's key when nobody could come in.</summary>
internal static partial class FirstStart
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Prepare(IServiceProvider services, DataFolder folder)
    {
        var logger = services
            .GetRequiredService<ILoggerFactory>()
            .CreateLogger("Tillkeeper.Server.FirstStart");
        if (services.GetRequiredService<IKeys>() is FileMasterKey { WasCreated: true })
        {
            LogMasterKeyMade(logger, folder.MasterKey);
        }
        File.WriteAllText(folder.Ca, services.GetRequiredService<CertificateAuthority>().CaPem);
        services.GetRequiredService<OrderSigner>();
        services.GetRequiredService<CodeKeys>();

        var appender = services.GetRequiredService<Appender>();
        var hasAdmin = appender
            .Run(
                Act.Server,
                work =>
                    work.Views.Scalar(
                        "SELECT 1 FROM keys WHERE role = 'admin' AND revoked_at IS NULL LIMIT 1"
                    )
                        is not null
            )
            .GetAwaiter()
            .GetResult();
        if (!hasAdmin)
        {
            MakeAdmin(appender, folder);
            LogAdminKeyMade(logger, folder.AdminKey);
        }
    }

    /// <summary>The file first: a key that is in force but written nowhere would lock everybody out.</summary>
    private static void MakeAdmin(Appender appender, DataFolder folder)
    {
        var key = Keys.Generate();
        File.Delete(folder.AdminKey);
        DurableFile.TryCreate(
            folder.AdminKey,
            System.Text.Encoding.ASCII.GetBytes(key.Text + "\n"),
            OwnerOnly
        );
        appender
            .Run(
                Act.Server,
                work =>
                {
                    Keys.Add(work, key, "first admin", Role.Admin, Person.Root);
                    return true;
                }
            )
            .GetAwaiter()
            .GetResult();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The master key was made in the data folder ({path}). Keep it elsewhere with --master-key, and keep a copy: without it the data cannot be read."
    )]
    private static partial void LogMasterKeyMade(ILogger logger, string path);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An admin's API key was made: {path}. Make keys for people and revoke it."
    )]
    private static partial void LogAdminKeyMade(ILogger logger, string path);
}
