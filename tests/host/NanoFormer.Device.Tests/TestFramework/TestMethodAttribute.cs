using System;

namespace nanoFramework.TestFramework
{
    /// <summary>A test, under the name that nanoFramework gives it.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TestMethodAttribute : Attribute
    {
    }
}
