using System.Diagnostics;

namespace NanoFormer.Flash.Tests;

/// <summary>Printed commands are pasted into bash, which must run nanoff with the names as they are, and nothing else.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-shell-").FullName;

    public static TheoryData<string> HostileNames =>
    [
        "my app.bin",
        "$(touch ran).bin",
        "`touch ran`.bin",
        "a;touch ran;.bin",
        "a'$(touch ran)'b.bin",
        "a\"b\"&touch ran&.bin",
        "a\\'b\\.bin",
        "a\ntouch ran\n.bin",
        "a\u001b[201~\ntouch ran\n.bin",
        "a'\n'$(touch ran).bin",
        "~/$HOME*?[a]{b,c}!!.bin",
        "-n #x|touch ran>ran<ran.bin",
        "größe\u00851.bin",
        "",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void A_pasted_command_runs_nanoff_and_nothing_else(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell is bash.");
        var request = FlashCase.Request("ESP32_REV3") with { Application = FlashCase.Application with { Path = name }, Port = name };
        var step = FlashCase.Plan(request).Steps[^1];

        string[] arguments = Paste(step.Command);

        Assert.Equal(step.Arguments, arguments);
        Assert.Contains(name, arguments);
        Assert.Equal(["arguments", "nanoff"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        Assert.DoesNotContain(step.Command, char.IsControl);
    }

    [Theory]
    [InlineData(@"C:\Users\me\nanoCLR.bin", @"C:\Users\me\nanoCLR.bin")]
    [InlineData(@"C:\my app\$x.bin", @"'C:\my app\$x.bin'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("a,b", "'a,b'")]
    [InlineData("@x", "'@x'")]
    [InlineData("", "''")]
    public void PowerShell_has_its_own_quotes(string argument, string quoted) => Assert.Equal(quoted, Shell.PowerShell(argument));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Paste(string command)
    {
        string nanoff = Path.Combine(_folder, "nanoff");
        File.WriteAllText(nanoff, "#!/bin/sh\nprintf '%s\\0' \"$@\" >arguments\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(nanoff, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("bash", ["--norc"]) { RedirectStandardInput = true, WorkingDirectory = _folder };
        start.Environment["PATH"] = $"{_folder}:{start.Environment["PATH"]}";
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write(command + "\n");
        bash.StandardInput.Close();
        bash.WaitForExit();
        return File.ReadAllText(Path.Combine(_folder, "arguments")).Split('\0')[..^1];
    }
}
