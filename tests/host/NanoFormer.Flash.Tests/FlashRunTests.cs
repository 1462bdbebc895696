namespace NanoFormer.Flash.Tests;

/// <summary>Runs plans with a shell script in nanoff's place, which notes its arguments.</summary>
public sealed class FlashRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-flash-").FullName;

    private string Notes => Path.Combine(_folder, "notes");

    [Fact]
    public void Steps_are_run_in_order_with_the_table_in_place()
    {
        var request = FlashCase.Request("ESP32_REV3");
        var plan = FlashPlanner.Plan(request, Path.Combine(_folder, "tables"));

        using var output = new StringWriter();
        FlashRun.Write(plan, Flasher("echo written"), output);

        Assert.Equal(plan.Steps.Select(step => string.Join('|', step.Arguments)), File.ReadAllLines(Notes));
        Assert.Equal(PartitionTableImage.Of(request.Table), File.ReadAllBytes(Path.Combine(_folder, "tables", "esp32_4mb.bin")));
        Assert.Equal(plan.Steps.Count, output.ToString().Split("written").Length - 1);
    }

    [Fact]
    public void A_failing_step_ends_the_run_and_is_named()
    {
        var plan = FlashCase.Plan(FlashCase.Request("STM32F769I_DISCOVERY"));
        var flasher = Flasher("case \"$*\" in *model.nfm*) exit 163;; esac");

        var refused = Assert.Throws<FlashException>(() => FlashRun.Write(plan, flasher, TextWriter.Null));

        Assert.Equal(FlashError.NanoffFailed, refused.Error);
        Assert.Contains("the model failed (nanoff ended with 163", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Notes).Length);
    }

    [Fact]
    public void An_ESP32_needs_a_port()
    {
        var plan = FlashCase.Plan(FlashCase.Request("ESP32_REV3") with { Port = null });

        Assert.Equal(
            FlashError.NoPort,
            Assert.Throws<FlashException>(() => FlashRun.Write(plan, new Nanoff("nanoff"), TextWriter.Null)).Error);
    }

    [Fact]
    public void A_missing_flasher_is_answered_with_the_command_that_installs_it()
    {
        var refused = Assert.Throws<FlashException>(() => Nanoff.Find([_folder]));

        Assert.Equal(FlashError.NanoffNotInstalled, refused.Error);
        Assert.EndsWith("dotnet tool install -g nanoff", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_application_of_a_project_is_its_release_build()
    {
        string debug = Directory.CreateDirectory(Path.Combine(_folder, "bin", "Debug")).FullName;
        File.WriteAllText(Path.Combine(debug, "App.bin"), "debug");
        Assert.Equal("debug"u8, ApplicationFile.Read(_folder).Bytes);

        string release = Directory.CreateDirectory(Path.Combine(_folder, "bin", "Release")).FullName;
        Assert.Equal("debug"u8, ApplicationFile.Read(_folder).Bytes);
        File.WriteAllText(Path.Combine(release, "App.bin"), "release");
        Assert.Equal("release"u8, ApplicationFile.Read(_folder).Bytes);

        File.WriteAllText(Path.Combine(release, "Other.bin"), "other");
        Assert.Equal(FlashError.NoFile, Assert.Throws<FlashException>(() => ApplicationFile.Read(_folder)).Error);
        Assert.Equal(FlashError.NoFile, Assert.Throws<FlashException>(() => ApplicationFile.Read(debug)).Error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Nanoff Flasher(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The flasher's stand-in is a shell script.");
        string path = Path.Combine(_folder, Nanoff.Name);
        File.WriteAllText(path, $"#!/bin/sh\n(IFS='|'; echo \"$*\") >>'{Notes}'\n{command}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return Nanoff.Find([_folder]);
    }
}
