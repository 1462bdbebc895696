using System.Net;
using System.Net.Sockets;
using NanoFormer.Logs;
using NanoFormer.Monitor.Sources;
using NanoFormer.Monitor.Tests.Reading;

namespace NanoFormer.Monitor.Tests.Live;

public sealed class SourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-monitor").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_port_unplugged_and_plugged_in_a_hundred_times_loses_nothing_that_was_sent()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        byte[] bytes = CaseLog.Ascii(CaseLog.Session(300));
        var random = new Random(1);
        string link = Path.Combine(_folder, "port");
        var sink = new Transcript();
        string keep = Path.Combine(_folder, "session.log");
        var source = new SerialSource(link, SerialSource.LogBaudRate);
        using var sessions = new SessionFiles([source], keep);
        var reader = new SourceReader(sink, sessions);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => reader.Run([source], stop.Token), TestContext.Current.CancellationToken);

        int at = 0;
        for (int plug = 0; plug < 100; plug++)
        {
            using var pty = new Pty(link);
            int count = plug == 99 ? bytes.Length - at : random.Next(1, 2 * (bytes.Length - at) / (100 - plug));
            pty.Write(bytes.AsSpan(at, count));
            at += count;
            Assert.True(SpinWait.SpinUntil(() => reader.Bytes == at, TimeSpan.FromMinutes(5)), $"plugged in {plug + 1} times: {reader.Bytes} of {at} bytes");
        }

        await stop.CancelAsync();
        await reading;

        sessions.Dispose();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(keep, TestContext.Current.CancellationToken));
        Assert.Equal(Transcript.Of(bytes).Texts, sink.Texts);
        Assert.Equal(0, sink.Count(FindingKind.Lost));
        Assert.InRange(sink.Count(FindingKind.Connection), 100, 400);
    }

    [Fact]
    public async Task Two_ports_are_kept_in_a_file_each()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        byte[][] bytes = [.. new[] { " dev=A1", " dev=B2" }.Select(device => CaseLog.Ascii(CaseLog.Session(30, device)))];
        string[] links = [Path.Combine(_folder, "one"), Path.Combine(_folder, "two")];
        using var first = new Pty(links[0]);
        using var second = new Pty(links[1]);
        var sources = links.Select(link => new SerialSource(link, SerialSource.LogBaudRate)).ToArray();
        using var sessions = new SessionFiles(sources, Path.Combine(_folder, "session.log"));
        var reader = new SourceReader(new Transcript(), sessions);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => reader.Run(sources, stop.Token), TestContext.Current.CancellationToken);

        for (int at = 0; at < bytes[0].Length; at += 100)
        {
            first.Write(bytes[0].AsSpan(at, Math.Min(100, bytes[0].Length - at)));
            second.Write(bytes[1].AsSpan(at, Math.Min(100, bytes[1].Length - at)));
        }

        string[] files = [.. sessions.Paths];
        Assert.True(SpinWait.SpinUntil(() => reader.Bytes == bytes.Sum(all => all.Length), TimeSpan.FromMinutes(5)), $"{reader.Bytes} bytes");
        await stop.CancelAsync();
        await reading;
        sessions.Dispose();

        Assert.Equal(2, files.Distinct().Count());
        Assert.Equal(bytes, files.Select(File.ReadAllBytes));
    }

    [Fact]
    public async Task A_tcp_stream_is_read_again_after_it_broke()
    {
        byte[] bytes = CaseLog.Ascii(CaseLog.Session(40));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sink = new Transcript();
        var reader = new SourceReader(sink, null);
        using var stop = new CancellationTokenSource();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var reading = Task.Run(() => reader.Run(SourceList.Of([$"tcp://127.0.0.1:{port}"], 1, null), stop.Token), TestContext.Current.CancellationToken);

        for (var (at, piece) = (0, bytes.Length / 4); at < bytes.Length; at += piece)
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            client.GetStream().Write(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
        }

        Assert.True(SpinWait.SpinUntil(() => reader.Bytes == bytes.Length, TimeSpan.FromMinutes(5)));
        await stop.CancelAsync();
        await reading;

        Assert.Equal(Transcript.Of(bytes).Texts, sink.Texts);
    }

    [Fact]
    public void A_replay_gives_the_same_as_the_file_at_any_speed()
    {
        string path = Path.Combine(_folder, "a.log");
        File.WriteAllText(path, CaseLog.Session(30));
        foreach (double speed in new[] { 1e5, double.PositiveInfinity })
        {
            var sink = new Transcript();
            new SourceReader(sink, null).Run(SourceList.Of([path], 1, speed), TestContext.Current.CancellationToken);

            Assert.Equal(Transcript.Of(CaseLog.Session(30)).Texts, sink.Texts);
        }
    }

    [Fact]
    public void A_session_is_replayed_at_its_own_times()
    {
        const double Speed = 200;
        string path = Path.Combine(_folder, "a.log");
        string text = CaseLog.Session(3);
        File.WriteAllText(path, text);
        File.WriteAllText(SessionFile.TimesPath(path), "0 1000\n100 1000\n250 61000 mark\n");
        using var replay = new ReplaySource(path, Speed);
        replay.Open();
        long begun = Environment.TickCount64;
        byte[] buffer = new byte[1 << 16];
        var counts = new List<int>();
        for (int count; (count = replay.Read(buffer, TestContext.Current.CancellationToken)) != 0;)
        {
            counts.Add(count);
        }

        Assert.Equal([100, 150, text.Length - 250], counts.Where(count => count > 0));
        Assert.InRange(Environment.TickCount64 - begun, 0.9 * 60_000 / Speed, 30_000); // a minute, at this speed
    }

    /// <summary>Without times of arrival the device's clock sets the pace; the speed may change while it runs.</summary>
    [Fact]
    public void A_plain_log_is_replayed_by_the_devices_clock()
    {
        string path = Path.Combine(_folder, "a.log");
        File.WriteAllText(path, CaseLog.Infer(0, 1_000) + CaseLog.Infer(1, 21_000) + CaseLog.Infer(2, 141_000));
        using var replay = new ReplaySource(path, 100);
        replay.Open();
        byte[] buffer = new byte[1 << 16];
        var lines = new List<long>();
        for (int count; (count = replay.Read(buffer, TestContext.Current.CancellationToken)) != 0;)
        {
            if (count > 0)
            {
                lines.Add(Environment.TickCount64);
                replay.Speed = lines.Count == 2 ? 600 : replay.Speed;
            }
        }

        Assert.Equal(3, lines.Count);
        Assert.InRange(lines[1] - lines[0], 180, 15_000); // 20 s at 100
        Assert.InRange(lines[2] - lines[1], 180, 60_000); // 120 s at 600
    }

    [Fact]
    public void A_folder_is_read_file_by_file_and_its_devices_are_told_apart_by_id()
    {
        File.WriteAllText(Path.Combine(_folder, "a.log"), CaseLog.Session(30, " dev=A1"));
        File.WriteAllText(Path.Combine(_folder, "b.log"), CaseLog.Session(20, " dev=B2"));
        File.WriteAllText(Path.Combine(_folder, "c.log"), CaseLog.Session(10, " dev=A1"));
        var live = new Monitor.Live.LiveSession(null);

        new SourceReader(live, null).Run(SourceList.Of([_folder], 1, null), TestContext.Current.CancellationToken);

        Assert.Equal([("A1", 40L), ("B2", 20L)], live.Devices.Select(view => (view.Name, view.Totals().Windows)));
    }

    [Fact]
    public void What_names_no_source_is_refused_with_the_ports_that_are_there()
    {
        Assert.Contains("Ports:", Assert.Throws<IOException>(() => SourceList.Of(["nothing-here"], 1, null)).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => SourceList.Of(["tcp://host"], 1, null));
        Assert.Throws<IOException>(() => SourceList.Of([_folder], 1, null));
    }
}
