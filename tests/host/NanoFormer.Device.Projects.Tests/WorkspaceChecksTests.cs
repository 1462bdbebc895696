namespace NanoFormer.Device.Projects.Tests;

public sealed class WorkspaceChecksTests : IDisposable
{
    private readonly PlantedRepository _repository = new();

    public static TheoryData<PlantedFault> Faults => [.. PlantedFaults.All];

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Nothing_is_found_where_nothing_is_wrong()
    {
        Assert.All(WorkspaceChecks.All, check => Assert.Empty(check.Run(_repository.Load())));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found(PlantedFault fault)
    {
        _repository.Change(fault.File, fault.Old, fault.Planted);

        var findings = WorkspaceChecks.All.Single(check => check.Title == fault.Check).Run(_repository.Load());

        Assert.Contains(findings, finding =>
            finding.Place == fault.Place && finding.Message.Contains(fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_solution_is_found()
    {
        _repository.Write("nfproj/Second.sln", "");

        Assert.Contains(WorkspaceChecks.All[0].Run(_repository.Load()), finding => finding.Place == "nfproj");
    }

    [Fact]
    public void A_file_that_is_wholly_for_dotnet_need_not_be_compiled()
    {
        _repository.Write("firmware/Library/AlsoDotNet.cs", "#if NANOFRAMEWORK_1_0\n#else\nclass AlsoDotNet { }\n#endif\n");
        _repository.Write("firmware/Library/obj/Generated.cs", "class Generated { }\n");

        Assert.All(WorkspaceChecks.All, check => Assert.Empty(check.Run(_repository.Load())));
    }
}
