using System.Text.Json;

namespace NanoFormer.Cli.Tests.Commands.Data;

public sealed class DataCommandTests
{
    private static readonly string[] Columns =
    [
        "--channel", "ax:g", "ay:g", "az:g", "--time-column", "t_ms", "--time-unit", "ms", "--label-column", "activity",
        "--names", "{subject}_*",
    ];

    private static readonly string[] Repairs =
    [
        "--bad-rows", "drop", "--missing", "interpolate", "--duplicate-times", "drop", "--backward-times", "sort", "--rename", "WALKK=WALK",
    ];

    [Fact]
    public void Faults_are_told_as_in_the_golden_file_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        string source = WriteDamaged(folder);
        var run = CommandLine.Run(["data", "import", source, "--out", folder.PathOf("out"), .. Columns]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(folder.PathOf("out")));
        string errors = run.Errors.Replace(source, "walks", StringComparison.Ordinal);
        GoldenFile.AssertEqual("data-import-refused.txt", errors.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Repairs_are_told_as_in_the_golden_file()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Succeed(
            ["data", "import", WriteDamaged(folder), "--out", folder.PathOf("out"), "--name", "walks", .. Columns, .. Repairs]);

        string output = run.Output.Replace(folder.PathOf("out"), "out", StringComparison.Ordinal);
        GoldenFile.AssertEqual("data-import-repaired.txt", output.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Findings_are_data_too()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(["data", "import", WriteDamaged(folder), "--check", "--json", .. Columns]);

        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Json.GetProperty("refused").GetBoolean());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("summary").ValueKind);
        var first = run.Json.GetProperty("findings")[0];
        Assert.Equal("bad_row", first.GetProperty("kind").GetString());
        Assert.Equal("refused", first.GetProperty("outcome").GetString());
        Assert.Equal(2, first.GetProperty("count").GetInt32());
    }

    [Fact]
    public void A_split_by_window_is_refused_and_windows_want_a_split()
    {
        using var folder = new TemporaryFolder();
        string recordings = Import(folder);

        CommandLine.Run("data", "split", recordings, "--by", "window", "--out", folder.PathOf("x")).AssertRefused("LEAKY_SPLIT");
        CommandLine.Run("data", "window", recordings, "--length", "50", "--hop", "25", "--out", folder.PathOf("x"))
            .AssertRefused("NO_SPLIT");
        Assert.False(Directory.Exists(folder.PathOf("x")));
    }

    [Fact]
    public void A_folder_that_holds_something_is_not_overwritten_unasked()
    {
        using var folder = new TemporaryFolder();
        string recordings = Import(folder);

        CommandLine.Run("data", "resample", recordings, "--rate", "25", "--out", recordings).AssertRefused("FOLDER_NOT_EMPTY");
        var report = CommandLine.Succeed(
            "data", "resample", recordings, "--rate", "25", "--out", recordings, "--force", "--json").Json;
        Assert.Equal(12 * 500, report.GetProperty("samples").GetInt32());
        var summary = CommandLine.Succeed("data", "inspect", recordings, "--json").Json.GetProperty("summary");
        Assert.Equal(25, summary.GetProperty("rate_hz").GetDouble());
    }

    [Fact]
    public void Options_that_do_not_apply_are_refused()
    {
        using var folder = new TemporaryFolder();
        string recordings = Import(folder);

        CommandLine.Run("data", "import", recordings, "--check", "--channel", "ax:g").AssertRefused("BAD_OPTION");
        CommandLine.Run("data", "import", recordings, "--check", "--rename", "A=B").AssertRefused("BAD_OPTION");
        CommandLine.Run("data", "import", folder.PathOf("walks"), "--check").AssertRefused("BAD_OPTION");
        CommandLine.Run("data", "import", folder.PathOf("nowhere"), "--check").AssertRefused("UNKNOWN_FORMAT");
        CommandLine.Run("data", "inspect", folder.PathOf("nowhere")).AssertRefused("MISSING_FILE");
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "-5")]
    [InlineData("--rate", "NaN")]
    [InlineData("--resample", "0")]
    [InlineData("--resample", "1e9")]
    [InlineData("--resample", "100000")] // 2000 times the rate of the recordings
    [InlineData("--delimiter", "")]
    [InlineData("--delimiter", "\"")]
    [InlineData("--delimiter", "5")]
    [InlineData("--delimiter", "ab")]
    [InlineData("--gap-periods", "0")]
    [InlineData("--gap-periods", "1e300")]
    [InlineData("--fill-limit", "-1")]
    [InlineData("--encoding", "no-such-thing")]
    [InlineData("--layout", "no-such-thing")]
    [InlineData("--labels", "A,A")]
    public void Values_that_make_no_sense_are_refused(string option, string value)
    {
        using var folder = new TemporaryFolder();

        CommandLine.Run(["data", "import", WalkFolder.Write(folder), "--check", .. Columns, option, value]).AssertRefused("BAD_OPTION");
    }

    [Fact]
    public void A_rate_that_no_sensor_has_is_refused_when_resampling()
    {
        using var folder = new TemporaryFolder();
        string recordings = Import(folder);

        foreach (string rate in new[] { "0", "-1", "1e9", "NaN", "6000" })
        {
            CommandLine.Run("data", "resample", recordings, "--rate", rate, "--out", folder.PathOf("x")).AssertRefused("BAD_OPTION");
        }

        Assert.False(Directory.Exists(folder.PathOf("x")));
    }

    [Fact]
    public void A_packed_set_is_imported_whole()
    {
        using var folder = new TemporaryFolder();
        string dataset = Repository.RequireDataset("fan_imbalance");
        CommandLine.Succeed("data", "import", dataset, "--out", folder.PathOf("fan"));
        var summary = CommandLine.Succeed("data", "inspect", folder.PathOf("fan"), "--json").Json.GetProperty("summary");

        Assert.Equal(51, summary.GetProperty("items").GetInt32());
        Assert.Equal(153_000, summary.GetProperty("samples").GetInt32());
    }

    private static string Import(TemporaryFolder folder)
    {
        CommandLine.Succeed(["data", "import", WalkFolder.Write(folder), "--out", folder.PathOf("recordings"), .. Columns]);
        return folder.PathOf("recordings");
    }

    /// <summary>The walks, one of them with a fault of every common kind.</summary>
    private static string WriteDamaged(TemporaryFolder folder)
    {
        string source = WalkFolder.Write(folder);
        string file = Path.Combine(source, "ada_1.csv");
        string[] lines = File.ReadAllLines(file);
        lines[5] = "80,0.1,0,1,0,REST";
        lines[9] = "160,abc,0,1,REST";
        lines[20] = "380,nan,0,1,REST";
        lines[30] = lines[29];
        (lines[40], lines[41]) = (lines[41], lines[40]);
        lines[400] = lines[400].Replace("WALK", "WALKK", StringComparison.Ordinal);
        File.WriteAllLines(file, lines);
        return source;
    }
}
