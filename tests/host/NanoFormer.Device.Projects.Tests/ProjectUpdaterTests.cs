using static NanoFormer.Device.Projects.Tests.PlantedRepository;

namespace NanoFormer.Device.Projects.Tests;

public sealed class ProjectUpdaterTests : IDisposable
{
    private readonly PlantedRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Nothing_changes_where_nothing_is_out_of_date()
    {
        Assert.Empty(Update());
    }

    [Fact]
    public void Files_that_came_and_went_are_followed()
    {
        string before = _repository.Read(LibraryProject);
        _repository.Write("firmware/Library/Zenith.cs", "public class Zenith { }\n");
        File.Move(_repository.FullPath(Esp32Source), _repository.FullPath("firmware/Boards/Esp32/Sleeper.cs"));

        Assert.Equal([ApplicationProject, LibraryProject], Update());

        Assert.All(WorkspaceChecks.All, check => Assert.Empty(check.Run(_repository.Load())));
        string link = "    <Compile Include=\"..\\..\\firmware\\Library\\Zenith.cs\">\n      <Link>Zenith.cs</Link>\n    </Compile>\n";
        Assert.Equal(before, _repository.Read(LibraryProject).Replace(link, "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_new_version_is_carried_to_every_place()
    {
        _repository.Change(Pinned, "1.5.116", "1.5.117");

        Assert.Equal(4, Update().Count);

        Assert.All(WorkspaceChecks.All, check => Assert.Empty(check.Run(_repository.Load())));
        Assert.DoesNotContain("1.5.116", _repository.Read(ApplicationProject), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_core_library_is_not_believed_before_the_gate_compiles_against_it()
    {
        _repository.Change(Pinned, "1.17.11", "1.17.12");
        Update();

        var findings = WorkspaceChecks.All.SelectMany(check => check.Run(_repository.Load())).ToArray();

        Assert.Equal([ApplicationProject, LibraryProject], findings.Select(finding => finding.Place));
        Assert.All(findings, finding =>
            Assert.Contains("the language gate compiles against 1.17.11.0", finding.Message, StringComparison.Ordinal));
    }

    private IReadOnlyList<string> Update()
    {
        var workspace = _repository.Load();
        return [.. new ProjectUpdater(workspace).Update().Select(workspace.Relative)];
    }
}
