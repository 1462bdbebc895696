using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Device.Projects;
using NanoFormer.Emulator;

namespace NanoFormer.Cli.Commands;

/// <summary><c>nfproj</c>: checks the nanoFramework projects, and builds them where the nanoFramework build system is installed.</summary>
internal static class NfprojCommand
{
    public static Command Create()
    {
        var update = new Option<bool>("--update")
        {
            Description = "First bring the projects up to date: files that came or went, and the versions of nfproj/packages.props.",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of tables." };
        const string Description = "Check the nanoFramework projects; restore and build them where that can be done.";
        var command = new Command("nfproj", Description) { update, json };
        command.SetAction(parse => Run(parse.GetValue(update), parse.GetValue(json)));
        return command;
    }

    private static int Run(bool update, bool json)
    {
        string root = NativeBuild.RepositoryRoot()
            ?? throw new CommandFailure("NO_REPOSITORY", "No folder above this one holds NanoFormer.slnx.");
        if (update)
        {
            var workspace = NanoWorkspace.Load(root);
            foreach (string path in new ProjectUpdater(workspace).Update())
            {
                Console.Error.WriteLine($"updated {workspace.Relative(path)}");
            }
        }

        var outcome = NfprojOutcome.Of(NanoWorkspace.Load(root));
        if (json)
        {
            JsonOutput.Write(outcome);
        }
        else
        {
            NfprojReport.Draw(outcome);
        }

        return outcome.IsGood ? 0 : 1;
    }
}
