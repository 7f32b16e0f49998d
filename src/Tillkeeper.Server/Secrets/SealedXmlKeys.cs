using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Tillkeeper.Server.Secrets;

/// <summary>The framework's own keys (data protection), sealed in the database: a form that was sent before a restart is still good after it, on any replica.</summary>
internal sealed class SealedXmlKeys(ISealedStore store, IKeys keys)
    : IXmlRepository,
        IConfigureOptions<KeyManagementOptions>
{
    private const string Prefix = "data-protection/";
    private const string Purpose = "data-protection";

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [
            .. store
                .Names(Prefix)
                .Order(StringComparer.Ordinal)
                .Select(name => keys.Open(store.Find(name)!, Purpose))
                .Select(xml => XElement.Parse(Encoding.UTF8.GetString(xml))),
        ];

    public void StoreElement(XElement element, string friendlyName) =>
        store.Add(
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Guid.NewGuid():N}"),
            keys.Seal(
                Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)),
                Purpose
            )
        );
}
