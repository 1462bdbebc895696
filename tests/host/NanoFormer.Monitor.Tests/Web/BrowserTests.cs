using Microsoft.Playwright;
using NanoFormer.Logs;
using NanoFormer.Monitor.Live;
using NanoFormer.Monitor.Sources;
using NanoFormer.Monitor.Tests.Reading;
using NanoFormer.Monitor.Web;

namespace NanoFormer.Monitor.Tests.Web;

/// <summary>The page as a person sees it, in a real browser.</summary>
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const string Hostile = "<img/src/onerror-alert(1)><script>alert(1)</script>";

    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-page").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_device_is_shown_goes_away_and_comes_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        string link = Path.Combine(_folder, "port");
        await using var monitor = new RunningMonitor([new SerialSource(link, SerialSource.LogBaudRate)]);
        var (page, complaints) = await browser.Open(monitor.Page.Url);
        await page.Locator("#filter").SelectOptionAsync("note");
        var device = page.Locator(".device");

        using (var pty = new Pty(link))
        {
            pty.Write(CaseLog.Ascii(CaseLog.Session(30, " dev=A1")));
            await Shows(device.Locator("dd").First, "30");
            await Shows(device.Locator(".name"), "A1");
            await Shows(device.Locator(".label"), "SITTING");
            await page.Locator(".u-over").First.WaitForAsync(); // the traces
        }

        await page.Locator("#findings li", new() { HasText = "unplugged" }).First.WaitForAsync();
        using (var pty = new Pty(link))
        {
            pty.Write(CaseLog.Ascii(CaseLog.Infer(34, 70_000, "FALLEN", 255)));
            await Shows(device.Locator(".label"), "FALLEN");
        }

        await page.Locator("#findings li", new() { HasText = "there again" }).First.WaitForAsync();
        await page.Locator("#findings li", new() { HasText = "seq=32 to 33 are missing" }).WaitForAsync();
        Assert.Equal(1, await device.CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_session_is_replayed_paused_and_hurried()
    {
        string path = Path.Combine(_folder, "a.log");
        await File.WriteAllTextAsync(path, CaseLog.Session(300, " dev=A1"), TestContext.Current.CancellationToken);
        var replay = new ReplaySource(path, 1);
        await using var monitor = new RunningMonitor([replay], replay);
        var (page, complaints) = await browser.Open(monitor.Page.Url);

        await page.Locator("#pause").ClickAsync();
        await Shows(page.Locator("#pause"), "go on");
        Assert.True(replay.IsPaused);
        await page.Locator("#speed").SelectOptionAsync("200");
        await page.Locator("#pause").ClickAsync();
        await page.Locator("#state", new() { HasText = "all read" }).WaitForAsync();

        await page.Locator("#state", new() { HasText = "302 records of 1 device" }).WaitForAsync();
        Assert.Equal(200, replay.Speed);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Ten_devices_are_shown_and_what_they_say_is_text()
    {
        var live = new LiveSession(null);
        for (int i = 0; i < 10; i++)
        {
            var reader = new SessionReader(live);
            reader.Feed(CaseLog.Ascii(CaseLog.Session(20, $" dev={Hostile}{i}") + CaseLog.Infer(25, 90_000, Hostile)));
        }

        using var served = new LivePage(live, null, "127.0.0.1", 0);
        var (page, complaints) = await browser.Open(served.Url);

        await page.Locator(".device").Nth(9).Locator(".label", new() { HasText = Hostile }).WaitForAsync();

        Assert.Equal(10, await page.Locator(".device").CountAsync());
        Assert.Equal(Hostile + "3", await page.Locator(".device").Nth(3).Locator(".name").TextContentAsync());
        Assert.Contains(Hostile, await page.Locator("#findings").TextContentAsync() ?? "", StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img, main script").CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Another_site_cannot_steer_the_replay_and_sees_nothing()
    {
        string path = Path.Combine(_folder, "a.log");
        await File.WriteAllTextAsync(path, CaseLog.Session(30), TestContext.Current.CancellationToken);
        using var replay = new ReplaySource(path, 1);
        using var target = new LivePage(new LiveSession(null), replay, "127.0.0.1", 0);
        using var other = new LivePage(new LiveSession(null), null, "127.0.0.1", 0);
        var (page, _) = await browser.Open(other.Url);
        await page.Context.NewPageAsync(); // a site without the policy of ours
        var evil = page.Context.Pages[^1];
        await evil.RouteAsync("http://evil.example/", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>other</title>" }));
        await evil.GotoAsync("http://evil.example/");

        string sent = await evil.EvaluateAsync<string>(
            "async url => { try { return (await fetch(url + 'replay?paused=true', { method: 'POST', mode: 'no-cors' })).type } catch (e) { return 'failed' } }", target.Url);
        string seen = await evil.EvaluateAsync<string>("async url => { try { return await (await fetch(url + 'answers.csv')).text() } catch (e) { return 'failed' } }", target.Url);

        Assert.Contains(sent, new[] { "opaque", "failed" });
        Assert.False(replay.IsPaused);
        Assert.Equal("failed", seen);
    }

    [Fact]
    public async Task With_a_token_the_page_lives_and_without_it_says_why_not()
    {
        var live = new LiveSession(null);
        new SessionReader(live).Feed(CaseLog.Ascii(CaseLog.Session(3)));
        using var served = new LivePage(live, null, "0.0.0.0", 0);
        string local = $"http://127.0.0.1:{served.Port}/";

        var (refused, _) = await browser.Open(local);
        Assert.Contains("token", await refused.Locator("body").TextContentAsync() ?? "", StringComparison.Ordinal);
        var (page, complaints) = await browser.Open(local + new Uri(served.Url).Query);
        await page.Locator(".device").WaitForAsync();
        Assert.Empty(complaints);
    }

    private static Task Shows(ILocator element, string text) => Assertions.Expect(element).ToContainTextAsync(text, new() { Timeout = Browser.PatienceMilliseconds });

    /// <summary>Sources that are read while a page is served.</summary>
    private sealed class RunningMonitor : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _reading;

        public RunningMonitor(IReadOnlyList<ISource> sources, ReplaySource? replay = null)
        {
            var live = new LiveSession(null);
            Page = new LivePage(live, replay, "127.0.0.1", 0);
            _reading = Task.Run(() => new SourceReader(live, null).Run(sources, _stop.Token));
        }

        public LivePage Page { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _reading;
            Page.Dispose();
            _stop.Dispose();
        }
    }
}
