namespace NanoFormer.Device.Projects.Tests;

/// <summary>A small repository in which everything is right, until a test plants a fault.</summary>
internal sealed class PlantedRepository : IDisposable
{
    public const string LibraryProject = "nfproj/Library/Library.nfproj";
    public const string LibraryPackages = "nfproj/Library/packages.config";
    public const string ApplicationPackages = "nfproj/Application/packages.config";
    public const string ApplicationProject = "nfproj/Application/Application.nfproj";
    public const string Solution = "nfproj/Planted.sln";
    public const string Pinned = "nfproj/packages.props";
    public const string LibrarySource = "firmware/Library/Angle.cs";
    public const string ApplicationSource = "firmware/Application/Program.cs";
    public const string Esp32Source = "firmware/Boards/Esp32/Board.cs";

    private const string LibraryGuid = "0B4C2B5A-5C0B-4B0E-9F7C-6A5B1D2C3E4F";
    private const string ApplicationGuid = "1C5D3C6B-6D1C-4C1F-8A8D-7B6C2E3D4F50";

    private readonly string _root = Directory.CreateTempSubdirectory("nanoformer-planted").FullName;

    public PlantedRepository()
    {
        Write(LibrarySource, "public static class Angle { public static double Sine(double a) { return System.Math.Sin(a); } }\n");
        Write("firmware/Library/OnlyDotNet.cs", "#if !NANOFRAMEWORK_1_0\npublic class OnlyDotNet { }\n#endif\n");
        Write(ApplicationSource, "public class Program { public static void Main() { Board.Start(Angle.Sine(1)); } }\n");
        Write(Esp32Source, Board("nanoFramework.Hardware.Esp32.Sleep.StartDeepSleep();"));
        Write("firmware/Boards/Stm32/Board.cs", Board("nanoFramework.Hardware.Stm32.Power.EnterStandbyMode();"));
        Write(Pinned, PinnedText);
        Write(Solution, SolutionText);
        Write(LibraryPackages, Packages(("nanoFramework.CoreLibrary", "1.17.11"), ("nanoFramework.System.Math", "1.5.116")));
        Write(LibraryProject, Project("Library", LibraryGuid, "Library", Link("Library", "Angle.cs") + CoreLibrary + MathLibrary));
        Write(ApplicationPackages, Packages(
            ("nanoFramework.CoreLibrary", "1.17.11"),
            ("nanoFramework.System.Math", "1.5.116"),
            ("nanoFramework.Hardware.Esp32", "1.6.40"),
            ("nanoFramework.Hardware.Stm32", "1.10.37")));
        Write(ApplicationProject, Project("Application", ApplicationGuid, "Exe", ApplicationItems));
    }

    private static string PinnedText => """
        <Project>
          <ItemGroup>
            <PackageVersion Include="nanoFramework.CoreLibrary" Version="1.17.11" />
            <PackageVersion Include="nanoFramework.System.Math" Version="1.5.116" DependsOn="nanoFramework.CoreLibrary" />
            <PackageVersion Include="nanoFramework.Hardware.Esp32" Version="1.6.40" DependsOn="nanoFramework.CoreLibrary" />
            <PackageVersion Include="nanoFramework.Hardware.Stm32" Version="1.10.37" DependsOn="nanoFramework.CoreLibrary" />
          </ItemGroup>
        </Project>

        """;

    private static string SolutionText => string.Concat(
        "Microsoft Visual Studio Solution File, Format Version 12.00\n",
        Entry("Library", LibraryGuid),
        Entry("Application", ApplicationGuid),
        "Global\n",
        Settings(LibraryGuid),
        Settings(ApplicationGuid),
        "EndGlobal\n");

    private static string ApplicationItems => string.Concat(
        Link("Application", "Program.cs"),
        CoreLibrary,
        MathLibrary,
        "  <ItemGroup>\n    <ProjectReference Include=\"..\\Library\\Library.nfproj\" />\n  </ItemGroup>\n",
        Link("Boards\\Esp32", "Board.cs", "ESP32"),
        Reference("nanoFramework.Hardware.Esp32", "nanoFramework.Hardware.Esp32", "1.6.40", "ESP32"),
        Link("Boards\\Stm32", "Board.cs", "STM32"),
        Reference("nanoFramework.Hardware.Stm32", "nanoFramework.Hardware.Stm32", "1.10.37", "STM32"));

    private static string CoreLibrary => Reference("nanoFramework.CoreLibrary", "mscorlib", "1.17.11");

    private static string MathLibrary => Reference("nanoFramework.System.Math", "System.Math", "1.5.116");

    public NanoWorkspace Load() => NanoWorkspace.Load(_root);

    public string FullPath(string path) => Path.Combine(_root, path);

    public string Read(string path) => File.ReadAllText(FullPath(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FullPath(path))!);
        File.WriteAllText(FullPath(path), text);
    }

    /// <summary>Replaces a text that must be there.</summary>
    public void Change(string path, string old, string planted)
    {
        Assert.Contains(old, Read(path), StringComparison.Ordinal);
        Write(path, Read(path).Replace(old, planted, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Project(string name, string guid, string output, string items) => $$"""
        <?xml version="1.0" encoding="utf-8"?>
        <Project ToolsVersion="Current" DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <Import Project="$(NanoFrameworkProjectSystemPath)NFProjectSystem.Default.props" />
          <PropertyGroup>
            <ProjectTypeGuids>{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}</ProjectTypeGuids>
            <ProjectGuid>{{guid}}</ProjectGuid>
            <OutputType>{{output}}</OutputType>
            <AssemblyName>{{name}}</AssemblyName>
            <TargetFrameworkVersion>v1.0</TargetFrameworkVersion>
          </PropertyGroup>
          <Import Project="$(NanoFrameworkProjectSystemPath)NFProjectSystem.props" />
        {{items}}  <Import Project="$(NanoFrameworkProjectSystemPath)NFProjectSystem.CSharp.targets" />
        </Project>

        """;

    private static string Board(string sleep) => $"class Board {{ public static void Start(double a) {{ {sleep} }} }}\n";

    private static string Link(string folder, string file, string? board = null) =>
        Group(board, $"    <Compile Include=\"..\\..\\firmware\\{folder}\\{file}\">\n      <Link>{file}</Link>\n    </Compile>\n");

    private static string Reference(string package, string assembly, string version, string? board = null) => Group(
        board,
        $"    <Reference Include=\"{assembly}, Version={version}.0, Culture=neutral, PublicKeyToken=c07d481e9758c731\">\n" +
        $"      <HintPath>..\\packages\\{package}.{version}\\lib\\{assembly}.dll</HintPath>\n    </Reference>\n");

    private static string Group(string? board, string items)
    {
        string condition = board is null ? "" : $" Condition=\"'$(NanoFormerBoard)' == '{board}'\"";
        return $"  <ItemGroup{condition}>\n{items}  </ItemGroup>\n";
    }

    private static string Packages(params (string Id, string Version)[] packages) => string.Concat(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<packages>\n",
        string.Concat(packages.Select(package => $"  <package id=\"{package.Id}\" version=\"{package.Version}\" />\n")),
        "</packages>\n");

    private static string Entry(string name, string guid) =>
        $"Project(\"{{11A8DD76-328B-46DF-9F39-F559912D0360}}\") = \"{name}\", \"{name}\\{name}.nfproj\", \"{{{guid}}}\"\nEndProject\n";

    private static string Settings(string guid) => string.Concat(
        from configuration in new[] { "Debug|Any CPU", "Release|Any CPU" }
        from action in new[] { "ActiveCfg", "Build.0", "Deploy.0" }
        select $"\t\t{{{guid}}}.{configuration}.{action} = {configuration}\n");
}
