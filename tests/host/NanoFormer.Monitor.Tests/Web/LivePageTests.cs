using System.Net;
using System.Text.Json;
using NanoFormer.Logs;
using NanoFormer.Monitor.Live;
using NanoFormer.Monitor.Tests.Reading;
using NanoFormer.Monitor.Web;

namespace NanoFormer.Monitor.Tests.Web;

public sealed class LivePageTests
{
    [Fact]
    public async Task The_page_and_its_parts_are_served_with_a_policy_that_allows_nothing_else()
    {
        using var page = Page();
        using var client = new HttpClient();
        foreach (string? path in new[] { "", "page.js", "page.css", "uplot.js", "uplot.css" })
        {
            var reply = await client.GetAsync(new Uri(page.Url + path), TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Contains("default-src 'self'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("https://", path is "" or "page.js" ? await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : "", StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(page.Url + "../LivePage.cs"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Other_sites_and_other_names_are_refused(string header, string value)
    {
        using var page = Page();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page.Url + "events"));
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task At_another_address_a_token_is_asked_for()
    {
        using var page = new LivePage(new LiveSession(null), null, "0.0.0.0", 0);
        using var client = new HttpClient(new HttpClientHandler { UseCookies = true });
        string local = $"http://127.0.0.1:{page.Port}/";
        string token = new Uri(page.Url).Query;

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri(local), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri(local + "?token=00"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(local + token), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(local + "page.js"), TestContext.Current.CancellationToken)).StatusCode);
    }

    /// <summary>What a device says may begin as a formula of a spreadsheet does, and hold what CSV quotes.</summary>
    [Fact]
    public async Task Answers_are_downloaded_as_csv_without_formulas()
    {
        var live = new LiveSession(null);
        new SessionReader(live).Feed(CaseLog.Ascii(CaseLog.Session(3, " dev=@SUM(A1)") + CaseLog.Infer(5, 70_000, "+\"a,b\"", 7, " score=9")));
        using var page = new LivePage(live, null, "127.0.0.1", 0);
        using var client = new HttpClient();

        string[] lines = (await client.GetStringAsync(new Uri(page.Url + "answers.csv"), TestContext.Current.CancellationToken)).Split('\n');

        Assert.Equal("device,boot,t_ms,label,conf,score,latency_us", lines[0]);
        Assert.Equal("'@SUM(A1),1,70000,\"'+\"\"a,b\"\"\",7,9,7000", lines[4]);
    }

    [Fact]
    public async Task The_first_event_holds_everything_and_later_ones_what_changed()
    {
        var live = new LiveSession(null);
        var reader = new SessionReader(live);
        reader.Feed(CaseLog.Ascii(CaseLog.Session(30)));
        using var page = new LivePage(live, null, "127.0.0.1", 0);
        using var client = new HttpClient();
        using var stream = new StreamReader(await client.GetStreamAsync(new Uri(page.Url + "events"), TestContext.Current.CancellationToken));

        var first = await Event(stream);
        reader.Feed(CaseLog.Ascii(CaseLog.Infer(33, 70_000)));
        var second = await Event(stream);

        Assert.Equal(30, first.GetProperty("devices")[0].GetProperty("answers").GetArrayLength());
        Assert.Equal(70_000, Assert.Single(second.GetProperty("devices")[0].GetProperty("answers").EnumerateArray()).GetProperty("t").GetInt64());
        Assert.Equal("Lost", second.GetProperty("findings")[0].GetProperty("kind").GetString());
    }

    private static async Task<JsonElement> Event(StreamReader stream)
    {
        while (true)
        {
            if (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            {
                return JsonDocument.Parse(line["data: ".Length..]).RootElement;
            }
        }
    }

    private static LivePage Page() => new(new LiveSession(null), null, "127.0.0.1", 0);
}
