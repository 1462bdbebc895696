using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NanoFormer.Search.Tests;

/// <summary>A PostgreSQL server of its own on the loopback device, with its data in a temporary folder.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _bin;
    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-postgres").FullName;
    private readonly int _port = FreePort();

    private PostgresServer(string bin)
    {
        _bin = bin;
        if (IsRoot)
        {
            Run("chown", "postgres", _folder); // a server refuses to be run by root
        }

        Run(Program("initdb"), "--pgdata", Data, "--username", "search", "--auth", "trust", "--no-sync");
        Start();
    }

    /// <summary>The database to keep a search in.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"postgres://search@127.0.0.1:{_port}/postgres");

    private string Data => Path.Combine(_folder, "data");

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>Starts a server; the test is skipped where PostgreSQL is not installed.</summary>
    public static PostgresServer Start(Action<string> skip)
    {
        string[] versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        string? bin = versions.Select(version => Path.Combine(version, "bin")).LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
        if (bin is null)
        {
            skip("PostgreSQL is not installed.");
        }

        return new PostgresServer(bin!);
    }

    /// <summary>Starts it again.</summary>
    public void Start() => Run(Program("pg_ctl"), "start", "--wait", "--pgdata", Data, "--log", Path.Combine(_folder, "log"), "--options",
        string.Create(CultureInfo.InvariantCulture, $"-h 127.0.0.1 -p {_port} -k {_folder} -F"));

    /// <summary>Stops it as a power failure would.</summary>
    public void Stop() => Run(Program("pg_ctl"), "stop", "--wait", "--pgdata", Data, "--mode", "immediate");

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private string Program(string name) => Path.Combine(_bin, name);

    private void Run(string program, params string[] arguments)
    {
        string[] all = IsRoot && program.StartsWith(_bin, StringComparison.Ordinal) ? ["runuser", "-u", "postgres", "--", program, .. arguments] : [program, .. arguments];

        // Nothing is redirected: the server would keep the pipes open.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. all]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            string log = Path.Combine(_folder, "log");
            throw new InvalidOperationException($"{program} failed ({process.ExitCode}): {(File.Exists(log) ? File.ReadAllText(log) : "")}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
