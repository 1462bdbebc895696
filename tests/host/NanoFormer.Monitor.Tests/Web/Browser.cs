using Microsoft.Playwright;

namespace NanoFormer.Monitor.Tests.Web;

/// <summary>Debian's chromium, started once for the tests that look at the page; null where it is not installed.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>For whatever is waited for: a loaded machine is not a failure.</summary>
    public const float PatienceMilliseconds = 120_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Binary() is not { } binary)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = binary,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            Timeout = PatienceMilliseconds,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }

    /// <summary>Opens an address in a window of its own; whatever the page complains of goes to a list.</summary>
    public async Task<(IPage Page, List<string> Complaints)> Open(string url)
    {
        Assert.SkipWhen(_browser is null, "no chromium is installed");
        var page = await (await _browser.NewContextAsync()).NewPageAsync();
        page.SetDefaultTimeout(PatienceMilliseconds);
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        await page.GotoAsync(url);
        return (page, complaints);
    }

    private static string? Binary() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
