using System.Reflection;

[assembly: AssemblyCompany("NanoFormer")]
[assembly: AssemblyProduct("NanoFormer")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
