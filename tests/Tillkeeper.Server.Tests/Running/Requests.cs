using System.Net.Http.Json;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>More of what a person can send.</summary>
internal static class Requests
{
    public static Task<Answer> PutJson(this TestPerson person, string path, object body) =>
        person.Put(path, JsonContent.Create(body));

    public static async Task<Answer> Delete(this TestPerson person, string path)
    {
        using var response = await person.Client.DeleteAsync(path);
        return await Answer.Of(response);
    }

    public static async Task<Answer> Ask(this HttpClient client, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await client.SendAsync(request);
            return await Answer.Of(response);
        }
    }
}
