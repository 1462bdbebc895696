using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using nanoFramework.TestFramework;
using Xunit;

namespace NanoFormer.Device.Tests
{
    /// <summary>Runs every [TestMethod] as the launcher on the device does, one case each.</summary>
    public class DeviceTestRunner
    {
        /// <summary>Names of the tests, Class.Method.</summary>
        public static IEnumerable<TheoryDataRow<string>> Tests
        {
            get { return Methods().Select(method => new TheoryDataRow<string>(NameOf(method))); }
        }

        [Theory]
        [MemberData(nameof(Tests))]
        public void Device_test_passes(string test)
        {
            var method = Methods().Single(candidate => NameOf(candidate) == test);
            object instance = Activator.CreateInstance(method.DeclaringType);
            method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null);
        }

        [Fact]
        public void Every_class_with_tests_is_marked_for_the_launcher_and_has_some()
        {
            var withTests = AllMethods().Where(IsTest).Select(method => method.DeclaringType).Distinct();
            var marked = typeof(DeviceTestRunner).Assembly.GetTypes().Where(IsTestClass);
            Xunit.Assert.Equal(marked.OrderBy(type => type.Name), withTests.OrderBy(type => type.Name));
        }

        private static IEnumerable<MethodInfo> Methods()
        {
            return AllMethods()
                .Where(method => IsTest(method) && IsTestClass(method.DeclaringType))
                .OrderBy(NameOf, StringComparer.Ordinal);
        }

        private static IEnumerable<MethodInfo> AllMethods()
        {
            return typeof(DeviceTestRunner).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        }

        private static bool IsTest(MethodInfo method)
        {
            return method.IsDefined(typeof(TestMethodAttribute));
        }

        private static bool IsTestClass(Type type)
        {
            return type.IsDefined(typeof(TestClassAttribute));
        }

        private static string NameOf(MethodInfo method)
        {
            return method.DeclaringType.Name + "." + method.Name;
        }
    }
}
