using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NanoFormer.Files;
using NanoFormer.Monitor.Live;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Monitor.Web;

/// <summary>
/// The live view as a page of this machine: files embedded in the program, the state by server-sent events, nothing from elsewhere.
/// It listens at loopback; at any other address its URL carries a token. Requests of other sites, and under other names of this host,
/// are refused.
/// </summary>
public sealed class LivePage : IDisposable
{
    /// <summary>The port unless another is named.</summary>
    public const int UsualPort = 8642;

    private const int PushMilliseconds = 200;
    private const string TokenName = "token";
    private const string Policy =
        "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Dictionary<string, (string Resource, string Type)> Files = new()
    {
        ["/"] = ("page/index.html", "text/html; charset=utf-8"),
        ["/page.js"] = ("page/page.js", "text/javascript; charset=utf-8"),
        ["/page.css"] = ("page/page.css", "text/css; charset=utf-8"),
        ["/uplot.js"] = ("page/uplot.js", "text/javascript; charset=utf-8"),
        ["/uplot.css"] = ("page/uplot.css", "text/css; charset=utf-8"),
    };

    private readonly LiveSession _live;
    private readonly ReplaySource? _replay;
    private readonly string? _token;
    private readonly IPAddress _address;
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts to serve.</summary>
    /// <param name="live">What to show.</param>
    /// <param name="replay">What is replayed, to be paused and hurried from the page; null without.</param>
    /// <param name="address">Address to listen at.</param>
    /// <param name="port">Port; 0 for any that is free.</param>
    /// <exception cref="IOException">The address is none of this machine, or the port is taken.</exception>
    public LivePage(LiveSession live, ReplaySource? replay, string address, int port)
    {
        _live = live;
        _replay = replay;
        _address = address == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address, out var parsed)
            ? parsed
            : throw new IOException($"{address}: not an address to listen at, such as 127.0.0.1 or 0.0.0.0.");
        if (port is < 0 or > ushort.MaxValue)
        {
            throw new IOException($"{port}: not a port; 0 to 65535.");
        }

        _token = IPAddress.IsLoopback(_address) ? null : Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(_address, port);
        });
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Run(Serve);
        _application.StartAsync().GetAwaiter().GetResult();
        var bound = new Uri(_application.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        Port = bound.Port;
        string host = _token is null ? bound.Host : Dns.GetHostName();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{Port}/{(_token is null ? "" : $"?{TokenName}={_token}")}");
    }

    /// <summary>The port it listens at.</summary>
    public int Port { get; }

    /// <summary>Where a browser finds it, with the token if there is one.</summary>
    public string Url { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _application.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(1)).Token).GetAwaiter().GetResult();
        _application.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task Serve(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (Refusal(context.Request) is { } refusal)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync(refusal);
            return;
        }

        KeepToken(context);
        string path = context.Request.Path.Value ?? "/";
        if (Files.TryGetValue(path, out var file) && context.Request.Method == "GET")
        {
            context.Response.ContentType = file.Type;
            await using var stream = typeof(LivePage).Assembly.GetManifestResourceStream(file.Resource)!;
            await stream.CopyToAsync(context.Response.Body);
            return;
        }

        switch (context.Request.Method, path)
        {
            case ("GET", "/events"):
                await SendEvents(context);
                return;
            case ("GET", "/answers.csv"):
                await SendCsv(context);
                return;
            case ("POST", "/replay"):
                ChangeReplay(context);
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
    }

    /// <summary>Why a request is refused; null when it is not.</summary>
    private string? Refusal(HttpRequest request)
    {
        string host = request.Host.Host.Trim('[', ']');
        bool isOwnName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
        if (_token is null && !isOwnName)
        {
            return "This page is served to this machine only, under its loopback name.";
        }

        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"http://{request.Host}")
        {
            return "Other sites may not ask this page.";
        }

        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && request.Path != "/")
        {
            return "Other sites may not ask this page.";
        }

        string given = request.Query[TokenName].ToString() is { Length: > 0 } asked ? asked : request.Cookies[CookieName] ?? "";
        return _token is null || CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(_token), Encoding.ASCII.GetBytes(given))
            ? null
            : "The address of this page carries a token, which is missing or wrong here.";
    }

    // A cookie belongs to a host, whatever the port: two pages of one machine need two names.
    private string CookieName => string.Create(CultureInfo.InvariantCulture, $"nanoformer-{Port}");

    private void KeepToken(HttpContext context)
    {
        if (_token is not null && context.Request.Query.ContainsKey(TokenName))
        {
            context.Response.Cookies.Append(CookieName, _token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
        }
    }

    /// <summary>The whole state at first, then what changed, a few times per second.</summary>
    private async Task SendEvents(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        var feed = new PageFeed(_live, _replay);
        try
        {
            while (!ended.IsCancellationRequested)
            {
                if (feed.Next() is { } update)
                {
                    await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(update, Json)}\n\n", ended.Token);
                    await context.Response.Body.FlushAsync(ended.Token);
                }

                await Task.Delay(PushMilliseconds, ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The browser went away, or the program ends.
        }
    }

    private async Task SendCsv(HttpContext context)
    {
        var text = new StringBuilder("device,boot,t_ms,label,conf,score,latency_us\n");
        lock (_live.Lock)
        {
            foreach (var view in _live.Devices)
            {
                foreach (var answer in view.Answers)
                {
                    text.Append(CultureInfo.InvariantCulture,
                        $"{CsvText.Cell(view.Name)},{answer.Boot},{answer.TimeMilliseconds},{CsvText.Cell(answer.Label)},{answer.Confidence},{(answer.Score < 0 ? "" : answer.Score)},{answer.LatencyMicroseconds}\n");
                }
            }
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=answers.csv";
        await context.Response.WriteAsync(text.ToString());
    }

    private void ChangeReplay(HttpContext context)
    {
        if (_replay is null)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }

        if (double.TryParse(context.Request.Query["speed"], CultureInfo.InvariantCulture, out double speed) && speed is > 0 and <= 1e6)
        {
            _replay.Speed = speed;
        }

        if (bool.TryParse(context.Request.Query["paused"], out bool paused))
        {
            _replay.IsPaused = paused;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
