"""The test bed fails what it promises to fail."""

import pytest

CASES = {
    "thread": """
        import threading
        stop = threading.Event()
        def test_it(request):
            request.config.add_cleanup(stop.set)
            threading.Thread(target=stop.wait, name="straggler", daemon=True).start()
        """,
    "timer": """
        from PySide6.QtCore import QTimer
        kept = []
        def test_it(qapp):
            kept.append(QTimer())
            kept[0].start(1000)
        """,
    "child process": """
        import subprocess, sys
        kept = []
        def test_it(request):
            kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
            request.config.add_cleanup(lambda: kept[0].communicate())
        """,
    "unexpected in the log": """
        import logging
        def test_it():
            logging.getLogger("somewhere").warning("odd")
        """,
    "expected in the log, but not there": """
        def test_it(expect_log):
            expect_log("somewhere: odd")
        """,
    "Qt messages with level WARNING": """
        from PySide6.QtCore import qWarning
        def test_it():
            qWarning("odd")
        """,
    "DeprecationWarning": """
        import warnings
        def test_it():
            warnings.warn("odd", DeprecationWarning)
        """,
}


@pytest.fixture
def bed(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> pytest.Pytester:
    """A project of its own under the same bed."""
    root = request.config.rootpath
    pytester.makeconftest("""
        import pytest
        pytest_plugins = ["tests.bed.logs", "tests.bed.leftovers", "tests.bed.reports"]

        @pytest.fixture(scope="session")
        def patience_s():
            return 0.1
        """)
    pytester.makeini(
        f"[pytest]\npythonpath = {root}\nfilterwarnings = error\nqt_api = pyside6\nqt_log_level_fail = WARNING\n"
    )
    return pytester


def test_bed_fails_what_it_promises_to_fail(bed: pytest.Pytester) -> None:
    bed.makepyfile(**{f"test_{number}": source for number, source in enumerate(CASES.values())})
    result = bed.runpytest_subprocess("-p", "no:cacheprovider", "-rfE")
    output = result.stdout.str()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    for number, complaint in enumerate(CASES):
        assert f"test_{number}.py::test_it" in output.partition("short test summary")[2]
        assert complaint in output


def test_bed_passes_what_is_tidy(bed: pytest.Pytester) -> None:
    bed.makepyfile(
        """
        import logging, threading
        def test_it(expect_log, qtbot):
            expect_log("^somewhere: odd$")
            logging.getLogger("somewhere").warning("odd")
            thread = threading.Thread(target=int)
            thread.start()
        """
    )
    bed.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_file_names_that_are_no_text_can_be_reported(bed: pytest.Pytester) -> None:
    bed.makepyfile(
        """
        import logging
        def test_it():
            logging.getLogger("somewhere").info("caf" + chr(0xdce9))
        """
    )
    bed.runpytest_subprocess("-p", "no:cacheprovider", "-n", "1", "--log-level=INFO").assert_outcomes(passed=1)
