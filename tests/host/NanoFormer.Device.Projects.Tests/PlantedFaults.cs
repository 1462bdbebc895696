using static NanoFormer.Device.Projects.Tests.PlantedRepository;

namespace NanoFormer.Device.Projects.Tests;

/// <summary>Faults that the checks must find.</summary>
internal static class PlantedFaults
{
    private const string WellFormed = "files are well-formed";
    private const string Settings = "project settings";
    private const string SolutionAndGuids = "solution and project GUIDs";
    private const string Files = "linked files exist";
    private const string Sources = "no source is missing";
    private const string Versions = "package versions";
    private const string References = "references and packages agree";
    private const string Compiles = "compiles, and keeps the device rules";

    public static IEnumerable<PlantedFault> All { get; } =
    [
        new(WellFormed, LibraryProject, "</Project>", "", LibraryProject, "Project"),
        new(WellFormed, LibraryPackages, "<packages>", "<packages", LibraryProject, "packages.config: "),
        new(WellFormed, Pinned, "</ItemGroup>", "", Pinned, "ItemGroup"),
        new(Settings, LibraryProject, "<TargetFrameworkVersion>v1.0", "<TargetFrameworkVersion>v4.0", LibraryProject, "v1.0"),
        new(Settings, LibraryProject, "{11A8DD76", "{22A8DD76", LibraryProject, "ProjectTypeGuids"),
        new(Settings, LibraryProject, "<OutputType>", "<LangVersion>latest</LangVersion><OutputType>", LibraryProject, "LangVersion"),
        new(Settings, LibraryProject, "<ProjectGuid>0B4C2B5A-", "<ProjectGuid>", LibraryProject, "ProjectGuid"),
        new(Settings, LibraryProject, "<AssemblyName>Library", "<AssemblyName>Other", LibraryProject, "AssemblyName"),
        new(Settings, LibraryProject, "NFProjectSystem.CSharp.targets", "Other.targets", LibraryProject, "imports"),
        new(SolutionAndGuids, LibraryProject, "0B4C2B5A", "0B4C2B5B", Solution, "Library: has another GUID"),
        new(
            SolutionAndGuids, LibraryProject,
            "0B4C2B5A-5C0B-4B0E-9F7C-6A5B1D2C3E4F",
            "1C5D3C6B-6D1C-4C1F-8A8D-7B6C2E3D4F50",
            Solution, "have the same GUID"),
        new(SolutionAndGuids, Solution, "= \"Library\"", "= \"Books\"", Solution, "Library: is called Books"),
        new(
            SolutionAndGuids, Solution,
            @"Library\Library.nfproj",
            @"Library\Gone.nfproj",
            Solution, "must be in the solution once, and is 0 times"),
        new(SolutionAndGuids, Solution, @"Library\Library.nfproj", @"Library\Gone.nfproj", Solution, "Library: no such project"),
        new(SolutionAndGuids, Solution, "{11A8DD76-", "{22A8DD76-", Solution, "not of the nanoFramework type"),
        new(
            SolutionAndGuids, Solution,
            "4F}.Release|Any CPU.Deploy.0",
            "4F}.Release|Any CPU.Other",
            Solution, "Library: lacks Release|Any CPU.Deploy.0"),
        new(Files, LibraryProject, "Angle.cs\">", "Gone.cs\">", LibraryProject, "firmware/Library/Gone.cs does not exist"),
        new(
            Files, ApplicationProject,
            @"..\Library\Library.nfproj",
            @"..\Library\Gone.nfproj",
            ApplicationProject, "nfproj/Library/Gone.nfproj does not exist"),
        new(
            Files, LibraryProject,
            "<Link>Angle.cs</Link>\n    </Compile>",
            "</Compile><Compile Include=\"..\\..\\firmware\\Library\\Angle.cs\" />",
            LibraryProject, "compiled twice"),
        new(Sources, LibraryProject, "Angle.cs\">", "Other.cs\">", LibrarySource, "No project compiles this file"),
        new(
            Sources, ApplicationProject,
            @"Application\Program.cs",
            @"Library\Angle.cs",
            LibrarySource, "Compiled by Application and Library"),
        new(Versions, LibraryPackages, "1.5.116", "1.5.115", LibraryPackages, "nanoFramework.System.Math is 1.5.115, pinned is 1.5.116"),
        new(
            Versions, Pinned,
            "\"nanoFramework.System.Math\" Version=\"1.5.116\"",
            "\"nanoFramework.System.Math\" Version=\"1.5.117\"",
            LibraryPackages, "pinned is 1.5.117"),
        new(Versions, Pinned, "\"1.6.40\"", "\"newest\"", Pinned, "'newest' is not a version"),
        new(
            Versions, Pinned,
            "Include=\"nanoFramework.System.Math\"",
            "Include=\"Other\"",
            LibraryPackages, "nanoFramework.System.Math is not pinned"),
        new(Versions, Pinned, "Include=\"nanoFramework.System.Math\"", "Include=\"Other\"", Pinned, "Other: no project uses it"),
        new(
            Versions, Pinned,
            "DependsOn=\"nanoFramework.CoreLibrary\"",
            "DependsOn=\"Unknown\"",
            Pinned, "depends on Unknown, which is not pinned"),
        new(
            Versions, LibraryPackages,
            "  <package id=\"nanoFramework.CoreLibrary\" version=\"1.17.11\" />\n",
            "",
            LibraryPackages, "nanoFramework.CoreLibrary is missing"),
        new(
            Versions, ApplicationPackages,
            "  <package id=\"nanoFramework.System.Math\" version=\"1.5.116\" />\n",
            "",
            ApplicationPackages, "nanoFramework.System.Math is missing"),
        new(
            References, LibraryProject,
            "nanoFramework.System.Math.1.5.116",
            "nanoFramework.System.Math.1.5.115",
            LibraryProject, "no package of packages.config holds"),
        new(
            References, LibraryProject,
            "Version=1.5.116.0",
            "Version=1.5.115.0",
            LibraryProject, "System.Math: refers to version 1.5.115.0, the package is 1.5.116"),
        new(
            References, LibraryPackages,
            "</packages>",
            "<package id=\"Extra\" version=\"1.0.0\" /></packages>",
            LibraryProject, "Extra is in packages.config, and no reference"),
        new(References, LibraryProject, "System.Math", "System.Maths", LibraryProject, "System.Maths"),
        new(Compiles, LibrarySource, "double Sine", "double? Sine", "firmware/Library/Angle.cs:1", "NFD008"),
        new(Compiles, LibrarySource, "Sin(a)", "BitIncrement(a)", "firmware/Library/Angle.cs:1", "CS0117"),
        new(Compiles, LibraryProject, "\"System.Math,", "\"System.Maths,", "firmware/Library/Angle.cs:1", "CS0234"),
        new(Compiles, Esp32Source, "{ nano", "{ checked { } nano", "firmware/Boards/Esp32/Board.cs:1", "NFD003"),
        new(Compiles, ApplicationSource, "Main", "Begin", ApplicationProject, "CS5001"),
        new(
            Compiles, LibrarySource,
            "public static class",
            "\n#if DEBUG\nclass Wrong { volatile int _a; }\n#endif\npublic static class",
            "firmware/Library/Angle.cs:3", "NFD007"),
    ];
}
