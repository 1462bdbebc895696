using System.Text;
using NanoFormer.Energy.Mlperf;
using NanoFormer.Mlperf;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Energy.Tests;

/// <summary>The runner against devices at the other end of a pseudo-terminal.</summary>
[Collection("pseudo-terminals")]
public sealed class BenchmarkRunnerTests : IDisposable
{
    private readonly Pty _pty = new();
    private readonly SerialSource _port;
    private readonly BenchmarkRunner _runner;

    public BenchmarkRunnerTests()
    {
        _port = new SerialSource(_pty.Name, 115200);
        _runner = new BenchmarkRunner(new DevicePort(_port, TimeSpan.FromSeconds(10)));
    }

    public void Dispose()
    {
        _port.Dispose();
        _pty.Dispose();
    }

    [Fact]
    public void Five_runs_of_at_least_ten_seconds_and_their_median()
    {
        var model = new Steps(40_000); // 40 ms each
        Offer(model);

        Assert.Equal(("NanoFormer", "ULPMark for tinyML Firmware V0.0.1", "steps"), _runner.Identify());
        var runs = _runner.Performance([new byte[100], new byte[100]], null, 3, _ => { });

        Assert.Equal(5, runs.Count);
        Assert.All(runs, run => Assert.Equal((275, 11.0, true), (run.Inferences, Math.Round(run.Seconds, 6), run.IsLongEnough)));
        Assert.Equal(1 + (5 * (3 + 275)), model.Runs);
    }

    [Fact]
    public void A_run_below_ten_seconds_is_no_result()
    {
        Offer(new Steps(40_000));
        _runner.Identify();

        Assert.All(_runner.Performance([new byte[100]], 249, 0, _ => { }), run => Assert.False(run.IsLongEnough));
        Assert.All(_runner.Performance([new byte[100]], 250, 0, _ => { }), run => Assert.True(run.IsLongEnough));
    }

    [Fact]
    public void Accuracy_is_counted_over_the_port()
    {
        Offer(new Steps(1000));
        _runner.Identify();
        // The model says the class in the first byte; two of the eight labels are others.
        LabelledInput[] inputs = [.. Enumerable.Range(0, 8).Select(i => new LabelledInput($"{i}", i < 2 ? (i + 1) % 3 : i % 3, [.. Enumerable.Repeat((byte)(i % 3), 100)]))];

        var answers = _runner.Accuracy(inputs, _ => { });

        Assert.Equal([0.801, 0.102, 0.102], answers[3].Results);
        Assert.Equal(75, BenchmarkScore.Of(answers).Top1Percent);
    }

    [Fact]
    public void Area_under_the_curve_is_the_share_of_pairs_in_order()
    {
        // Scores of class 0: 0.1, 0.4, 0.35; of class 1: 0.8, 0.4. Of six pairs five are in order and one is a tie.
        BenchmarkAnswer[] answers = [new(0, [0.1]), new(0, [0.4]), new(0, [0.35]), new(1, [0.8]), new(1, [0.4])];

        Assert.Equal(new BenchmarkScore(null, 5.5 / 6), BenchmarkScore.Of(answers));
        Assert.Null(BenchmarkScore.Of([answers[0]]).AreaUnderCurve);
    }

    [Theory]
    [InlineData("", BenchmarkError.NoAnswer)]
    [InlineData("\u00f8\u0080\u00fe\r\n", BenchmarkError.WrongBaud)]
    [InlineData("m-name-dut-[x]\r\nm-re", BenchmarkError.TornLine)]
    [InlineData("m-name-dut-[x\r\nm-ready\r\n", BenchmarkError.TornLine)]
    [InlineData("e-[Unknown command: name]\r\nm-ready\r\n", BenchmarkError.DeviceError)]
    public void What_is_wrong_is_named(string answer, BenchmarkError error)
    {
        Answer(_ => answer);

        Assert.Equal(error, Assert.Throws<BenchmarkException>(() => _runner.Identify()).Error);
    }

    [Theory]
    [InlineData("m-lap-us-10", "m-lap-u")]
    [InlineData("m-lap-us-20\r\n", "")]
    [InlineData("m-results-[0.500]", "m-results-[0.5")]
    [InlineData("m-results-[0.500]", "m-results-[0.5.0]")]
    [InlineData("m-infer-start-7", "m-infer-start-70")]
    public void An_answer_to_infer_that_lost_bytes_is_no_result(string good, string bad)
    {
        string answer = "m-warmup-start-0\r\nm-warmup-done\r\nm-infer-start-7\r\nm-lap-us-10\r\nm-lap-us-20\r\nm-infer-done\r\nm-results-[0.500]\r\nm-ready\r\n";
        Assert.Contains(good, answer, StringComparison.Ordinal);
        Answer(_ => answer.Replace(good, bad, StringComparison.Ordinal));

        Assert.Equal(BenchmarkError.TornLine, Assert.Throws<BenchmarkException>(() => _runner.Infer(7, 0)).Error);
    }

    [Fact]
    public void Bytes_of_an_input_that_are_lost_are_noticed()
    {
        Offer(new Steps(1000), loses: 5);

        Assert.Equal(BenchmarkError.TornLine, Assert.Throws<BenchmarkException>(() => _runner.Load(new byte[100])).Error);
    }

    [Fact]
    public void A_device_that_is_unplugged_ends_the_run()
    {
        Answer(_ => null);

        Assert.ThrowsAny<IOException>(() => _runner.Infer(1, 0));
    }

    /// <summary>A device by the protocol; <paramref name="loses"/> is a hexadecimal command whose first byte is lost.</summary>
    private void Offer(Steps model, int loses = -1)
    {
        model.Pty = _pty;
        var device = new DeviceUnderTest(model, model, DeviceUnderTest.Vendor);
        device.Boot();
        int number = 0;
        Serve(command =>
        {
            byte[] bytes = Encoding.ASCII.GetBytes(number++ == loses ? "db " + command[5..] : command);
            device.Take(bytes, bytes.Length);
        });
    }

    /// <summary>A device that answers everything in its own way; null unplugs it.</summary>
    private void Answer(Func<string, string?> answer) => Serve(command =>
    {
        if (answer(command) is { } text)
        {
            _pty.Write(Encoding.Latin1.GetBytes(text));
        }
        else
        {
            _pty.Dispose();
        }
    });

    private void Serve(Action<string> take)
    {
        _port.Open();
        new Thread(() =>
        {
            byte[] buffer = new byte[256];
            var command = new StringBuilder();
            try
            {
                while (_pty.Read(buffer) is > 0 and var count)
                {
                    foreach (char letter in Encoding.ASCII.GetString(buffer, 0, count))
                    {
                        command.Append(letter);
                        if (letter == '%')
                        {
                            take(command.ToString());
                            command.Clear();
                        }
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The test is over.
            }
        })
        { IsBackground = true }.Start();
    }

    /// <summary>A model that takes its time and says the class that the first byte names, on a board behind a pseudo-terminal.</summary>
    private sealed class Steps(long microseconds) : IBenchmarkModel, IBenchmarkPort
    {
        public Pty? Pty { get; set; }

        public string Id => "steps";

        public int InputBytes => 100;

        public int ResultCount => 3;

        public bool IsEnergyMode => false;

        public long Microseconds { get; private set; }

        public int Runs { get; private set; }

        public void Write(byte[] bytes, int count) => Pty!.Write(bytes.AsSpan(0, count));

        public void Edge() => throw new NotSupportedException();

        public void Run(byte[] input, sbyte[] results)
        {
            Runs++;
            Microseconds += microseconds;
            Array.Fill(results, (sbyte)-102);
            results[input[0]] = 77;
        }
    }
}
